import { describe, expect, it } from 'vitest';
import { kernelFiles, MODULES_FILE, SYSCTL_FILE } from '../../../src/config/node/kernel-files.js';
import { file, NO_FILE } from '../../fixtures/inventory.js';

const KERNEL = {
  cgroupVersion: 2,
  modules: ['br_netfilter', 'overlay'],
  sysctls: {
    'net.ipv4.ip_forward': '1',
    'net.bridge.bridge-nf-call-iptables': '1',
    'net.bridge.bridge-nf-call-ip6tables': '1',
  },
} as const;
const ALL = 'net.bridge.bridge-nf-call-iptables = 1\nnet.bridge.bridge-nf-call-ip6tables=1\n';

const written = (
  files: Parameters<typeof kernelFiles>[1],
  kernel: Parameters<typeof kernelFiles>[0] = KERNEL,
  overlay = true,
) =>
  Object.fromEntries(
    kernelFiles(kernel, files, overlay).files.map(({ path, content }) => [
      path,
      content.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    ]),
  );

describe('kernelFiles', () => {
  it('writes down what dockerd did', () => {
    expect(written({})).toEqual({
      [MODULES_FILE]: ['overlay', 'br_netfilter'],
      [SYSCTL_FILE]: [
        'net.bridge.bridge-nf-call-ip6tables = 1',
        'net.bridge.bridge-nf-call-iptables = 1',
        'net.ipv4.ip_forward = 1',
      ],
    });
  });

  it('leaves out what the node sees to already', () => {
    const files = {
      '/etc/modules-load.d/k8s.conf': file('# k8s\nbr-netfilter\n'),
      '/etc/modules': file('overlay\n'),
      '/usr/lib/sysctl.d/50-k8s.conf': file(ALL),
      '/etc/sysctl.conf': file('net/ipv4/ip_forward = 1\n'),
    };
    expect(written(files)).toEqual({});
    expect(kernelFiles(KERNEL, files, true).modules).toEqual(['overlay', 'br_netfilter']);
    expect(Object.keys(kernelFiles(KERNEL, files, true).sysctls)).toHaveLength(3);
  });

  it('goes by the file that is read last', () => {
    const first = { '/etc/sysctl.d/10-a.conf': file(`${ALL}net.ipv4.ip_forward=0\n`) };
    expect(written(first)[SYSCTL_FILE]).toEqual(['net.ipv4.ip_forward = 1']);
    const later = { ...first, '/usr/lib/sysctl.d/90-b.conf': file('-net.ipv4.ip_forward = 1\n') };
    expect(written(later)[SYSCTL_FILE]).toBeUndefined();
  });

  it('does not begin what dockerd did not do', () => {
    const idle = { cgroupVersion: 2, modules: ['overlay'], sysctls: { 'net.ipv4.ip_forward': '0' } } as const;
    expect(written({}, idle)).toEqual({ [MODULES_FILE]: ['overlay'] });
    expect(kernelFiles(idle, {}, true)).toMatchObject({ modules: ['overlay'], sysctls: {} });
    expect(written({}, idle, false)).toEqual({});
  });

  it('adds to what an administrator wrote into the same files', () => {
    const files = {
      [MODULES_FILE]: file('# mine\noverlay'),
      [SYSCTL_FILE]: file('# mine\nnet.ipv4.ip_forward=1\nvm.swappiness=0\n'),
    };
    expect(kernelFiles(KERNEL, files, true).files.map(({ content }) => content)).toEqual([
      '# mine\noverlay\nbr_netfilter\n',
      '# mine\nnet.ipv4.ip_forward=1\nvm.swappiness=0\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.bridge.bridge-nf-call-iptables = 1\n',
    ]);
  });

  it('leaves alone what is no text', () => {
    const files = {
      [MODULES_FILE]: { ...file('[9 bytes that are no text]'), whole: false },
      [SYSCTL_FILE]: file('', 0o600),
    };
    expect(kernelFiles(KERNEL, files, true).files).toMatchObject([{ path: SYSCTL_FILE, mode: 0o600 }]);
  });

  it('has nothing to add to its own files', () => {
    const [modules, sysctls] = kernelFiles(KERNEL, { [MODULES_FILE]: NO_FILE }, true).files;
    const own = { [MODULES_FILE]: file(modules?.content ?? ''), [SYSCTL_FILE]: file(sysctls?.content ?? '') };
    expect(kernelFiles(KERNEL, own, true).files).toEqual([]);
  });
});
