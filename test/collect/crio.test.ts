import { describe, expect, it } from 'vitest';
import { crioCommand } from '../../src/collect/crio-command.js';
import { collectFakeNode } from './collect-fake-node.js';
import type { FakeHostInput } from './fake-read-host.js';
import { knownValue } from './known-value.js';
import { kubeadmNode, unitsAnswer } from './kubeadm-node.js';

const UNIT = '/usr/lib/systemd/system/crio.service';
const CONFIG = '[crio.runtime]\npids_limit = 1024\n';

/** A node with CRI-O beside Docker; `changes` are to its files and answers. */
const withCrio = ({ files = {}, answers = {}, ...rest }: FakeHostInput = {}) =>
  collectFakeNode(
    kubeadmNode({
      ...rest,
      files: {
        [UNIT]: '[Service]\nEnvironmentFile=-/etc/sysconfig/crio\nExecStart=/usr/bin/crio $CRIO_CONFIG_OPTIONS\n',
        ...files,
      },
      answers: {
        'systemctl show': unitsAnswer({
          'crio.service': `MainPID=0\nLoadState=loaded\nActiveState=inactive\nFragmentPath=${UNIT}\nUnitFileState=disabled`,
        }),
        '/usr/bin/crio --version': 'crio version 1.23.5+2.el8\nVersion:          1.23.5\nGoVersion: go1.19.8\n',
        '/usr/bin/crio config': CONFIG,
        ...answers,
      },
    }),
  );

describe('CRI-O', () => {
  it('is told by its unit and by itself', async () => {
    const { inventory } = await withCrio();
    expect(knownValue(inventory.crio)).toEqual({
      binary: '/usr/bin/crio',
      version: '1.23.5',
      configPath: '/etc/crio/crio.conf',
      configDir: '/etc/crio/crio.conf.d',
      effectiveConfig: CONFIG,
    });
  });

  it('has its configuration where its flags say', async () => {
    const { inventory, queries } = await withCrio({
      files: {
        '/etc/sysconfig/crio': 'CRIO_CONFIG_OPTIONS="--config /opt/crio.conf --config-dir=/opt/crio.d/"\n',
        '/opt/crio.d/10-a.conf': '',
        '/opt/crio.conf': CONFIG,
      },
      answers: { '/usr/bin/crio --config /opt/crio.conf --config-dir /opt/crio.d config': '[crio]\n' },
    });
    expect(knownValue(inventory.crio)).toMatchObject({
      configPath: '/opt/crio.conf',
      configDir: '/opt/crio.d',
      effectiveConfig: '[crio]\n',
    });
    const files = knownValue(inventory.files);
    expect(files['/opt/crio.conf']?.content).toBe(CONFIG);
    expect(files['/opt/crio.d/10-a.conf']?.exists).toBe(true);
    expect(files['/opt/crio.d/10-docker-migration.conf']?.exists).toBe(false);
    expect(queries).not.toContainEqual(['/usr/bin/crio']);
  });

  it('is unknown where there is none, or it says no version', async () => {
    const none = await collectFakeNode(kubeadmNode());
    expect(none.inventory.crio).toEqual({ known: false, why: 'w9 has no command crio' });
    const mute = await withCrio({ answers: { '/usr/bin/crio --version': 'what?\n' } });
    expect(mute.inventory.crio).toEqual({
      known: false,
      why: '/usr/bin/crio --version on w9 says no version: what?',
    });
  });

  it('has no effective configuration where it cannot read its own', async () => {
    const broken = { code: 1, stdout: '', stderr: 'level=fatal msg="unable to decode configuration"' };
    const { inventory } = await withCrio({ answers: { '/usr/bin/crio config': broken } });
    expect(knownValue(inventory.crio).effectiveConfig).toBeUndefined();
  });

  it('has every file below its directory collected, and those of containers/image', async () => {
    const there = [
      '/etc/crio/crio.conf.d/.keep',
      '/etc/crio/crio.conf.d/10-crio.conf',
      '/etc/crio/crio.conf.d/99-old.bak',
      '/etc/crio/crio.conf.d/site/own.conf',
      '/etc/containers/certs.d/r:5000/ca.crt',
      '/etc/containers/policy.json',
      '/etc/containers/registries.conf',
      '/etc/containers/registries.conf.d/000-shortnames.conf',
      '/etc/containers/storage.conf',
      '/etc/sysconfig/crio',
      UNIT,
    ];
    const { inventory } = await withCrio({ files: Object.fromEntries(there.map((path) => [path, ''])) });
    const files = knownValue(inventory.files);
    expect(there.filter((path) => files[path]?.exists !== true)).toEqual([]);
    expect(Object.keys(files).filter((path) => path.endsWith('.conf.d/site'))).toEqual([]);
    const absent = knownValue((await withCrio()).inventory.files);
    for (const path of ['/etc/containers/policy.json', '/etc/containers/registries.conf.d/10-docker-migration.conf']) {
      expect(absent[path]?.exists).toBe(false);
    }
  });
});

describe('crioCommand', () => {
  it.each([
    ['', 'crio', '/etc/crio/crio.conf', '/etc/crio/crio.conf.d', []],
    ['-/usr/local/bin/crio -c /a -d /b/', '/usr/local/bin/crio', '/a', '/b', ['--config', '/a', '--config-dir', '/b']],
    ['/usr/bin/crio ${OPTS}', '/usr/bin/crio', '/etc/crio/crio.conf', '/etc/crio/crio.conf.d', []],
  ])('of %j', (execStart, binary, configPath, configDir, flags) => {
    expect(crioCommand(execStart, {})).toEqual({ binary, configPath, configDir, flags });
  });
});
