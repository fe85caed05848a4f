import { describe, expect, it } from 'vitest';
import { criDockerdEndpoint } from '../../../src/config/cri-dockerd/cri-dockerd-endpoint.js';
import { criDockerdPart } from '../../../src/config/cri-dockerd/cri-dockerd-part.js';
import { DEFAULT_INTENT } from '../../../src/config/runtime-intent.js';
import { parseVersion } from '../../../src/config/version.js';
import { file, unit } from '../../fixtures/inventory.js';

const EXEC_START = '/usr/bin/cri-dockerd --container-runtime-endpoint fd://';
const INTENT = { ...DEFAULT_INTENT, sandboxImage: 'k8s.gcr.io/pause:3.4.1' };

const onDockershim = (flags: Readonly<Record<string, string>>) =>
  ({ flags, runtime: { kind: 'dockershim', endpoint: 'unix:///run/dockershim.sock' } }) as const;

const part = (
  change: Partial<Parameters<typeof criDockerdPart>[0]> = {},
  version = '0.3.4',
): ReturnType<typeof criDockerdPart> => {
  const parsed = parseVersion(version);
  if (parsed === undefined) throw new Error(version);
  return criDockerdPart({
    intent: INTENT,
    criDockerd: { execStart: EXEC_START },
    version: parsed,
    unit: unit(),
    files: {},
    kubelet: onDockershim({ 'network-plugin': 'cni' }),
    ...change,
  });
};
const command = (of: ReturnType<typeof criDockerdPart>): string | undefined =>
  of.files[0]?.content.split('\n').findLast((line) => line.startsWith('ExecStart='));

describe('criDockerdPart', () => {
  it("keeps the unit's command and adds what dockershim had from the kubelet", () => {
    expect(part().files).toEqual([
      {
        group: 'runtime',
        path: '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf',
        mode: 0o644,
        content: `[Service]\nExecStart=\nExecStart=${EXEC_START} --network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.4.1 --streaming-bind-addr=127.0.0.1\n`,
        why: expect.any(String) as string,
      },
    ]);
  });

  it('keeps the bridge of Docker where the kubelet had no network plugin: cri-dockerd has another default', () => {
    expect(command(part({ kubelet: onDockershim({}) }))).toContain('--network-plugin= ');
  });

  it('does not give a flag to a version that does not know it', () => {
    expect(command(part({}, '0.2.5'))).not.toContain('streaming-bind-addr');
  });

  it('carries the directories and deadlines of the kubelet over', () => {
    const kubelet = onDockershim({ 'network-plugin': 'cni', 'image-pull-progress-deadline': '10m' });
    const cni = { confDir: '/etc/cni/mine', binDirs: ['/a', '/b'] };
    const made = part({ kubelet, intent: { ...INTENT, cni } });
    expect(command(made)).toContain(
      '--cni-conf-dir=/etc/cni/mine --cni-bin-dir=/a,/b --image-pull-progress-deadline=10m',
    );
  });

  it('leaves the command as it is where the kubelet uses cri-dockerd already, and no flag of dockershim is left', () => {
    const runtime = { kind: 'cri-dockerd', endpoint: 'unix:///run/cri-dockerd.sock' } as const;
    const execStart = `${EXEC_START} --network-plugin=cni --pod-infra-container-image=mine/pause:1`;
    const made = part({ kubelet: { flags: {}, runtime }, criDockerd: { execStart } });
    expect(command(made)).toBe(`ExecStart=${execStart} --streaming-bind-addr=127.0.0.1`);
    const again = part({
      kubelet: { flags: {}, runtime },
      criDockerd: { execStart: `${execStart} --streaming-bind-addr=127.0.0.1` },
    });
    expect(again.files).toEqual(made.files);
  });

  it('refuses a drop-in that would take its command back', () => {
    const path = '/etc/systemd/system/cri-docker.service.d/20-mine.conf';
    const files = { [path]: file('[Service]\nExecStart=\nExecStart=/usr/bin/cri-dockerd\n') };
    const { files: made, notices } = part({ unit: unit({ dropInPaths: [path] }), files });
    expect(made).toEqual([]);
    expect(notices).toMatchObject([
      { level: 'blocker', message: expect.stringContaining(`${path}, line 2`) as string },
    ]);
  });
});

describe('criDockerdEndpoint', () => {
  const socket = unit({ fragmentPath: '/lib/systemd/system/cri-docker.socket' });
  const files = { '/lib/systemd/system/cri-docker.socket': file('[Socket]\nListenStream=%t/mine.sock\n') };

  it.each([
    ['/usr/bin/cri-dockerd', 'unix:///run/mine.sock'],
    [EXEC_START, 'unix:///run/mine.sock'],
    ['/usr/bin/cri-dockerd --container-runtime-endpoint=unix:///var/run/x.sock', 'unix:///run/x.sock'],
  ])('%s listens at %s', (execStart, expected) => {
    expect(criDockerdEndpoint({ execStart }, socket, files)).toBe(expected);
  });

  it('has a default', () => {
    expect(criDockerdEndpoint({ execStart: EXEC_START }, undefined, {})).toBe('unix:///run/cri-dockerd.sock');
  });
});
