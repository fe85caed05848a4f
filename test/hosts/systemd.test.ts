import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { localHost } from '../../src/hosts/local-host.js';
import { unitFacts } from '../../src/hosts/systemd.js';
import { fakeHost } from './fake-host.js';
import { failure } from './host-contract.js';

/** As systemd 252 printed it on a lab node: properties in its own order, an alias, a unit that is not there. */
const PRINTED = `MainPID=93
NRestarts=2
Id=docker.service
Requires=sysinit.target system.slice docker.socket
Wants=network-online.target containerd.service
BindsTo=
PartOf=
After=containerd.service system.slice docker.socket
LoadState=loaded
ActiveState=active
SubState=running
FragmentPath=/lib/systemd/system/docker.service
DropInPaths=/etc/systemd/system/docker.service.d/90-lab.conf /run/systemd/system/docker.service.d/x=y.conf
UnitFileState=enabled

MainPID=0
NRestarts=0
Id=nope.service
Requires=
Wants=
BindsTo=
PartOf=
After=
LoadState=not-found
ActiveState=inactive
SubState=dead
FragmentPath=
DropInPaths=
UnitFileState=

Id=docker.socket
Requires=sysinit.target system.slice
Wants=
BindsTo=
PartOf=docker.service
After=-.mount sysinit.target system.slice
LoadState=masked
ActiveState=active
SubState=listening
FragmentPath=/dev/null
DropInPaths=
UnitFileState=masked

MainPID=58
NRestarts=0
Id=systemd-logind.service
Requires=
Wants=
BindsTo=
PartOf=
After=
LoadState=loaded
ActiveState=active
SubState=running
FragmentPath=/lib/systemd/system/systemd-logind.service
DropInPaths=
UnitFileState=static
`;
const NAMES = ['docker.service', 'nope.service', 'docker.socket', 'dbus-org.freedesktop.login1.service'];

describe('unitFacts', () => {
  it('reads all units from one call', async () => {
    const { host, asked } = fakeHost(PRINTED);
    const units = await unitFacts(host, NAMES);
    expect(asked).toHaveLength(1);
    expect((asked[0]?.[1] as string[]).slice(-5)).toEqual(['--', ...NAMES]);
    expect(Object.keys(units)).toEqual(NAMES);
    expect(units['docker.service']).toEqual({
      loadState: 'loaded',
      activeState: 'active',
      subState: 'running',
      unitFileState: 'enabled',
      fragmentPath: '/lib/systemd/system/docker.service',
      dropInPaths: [
        '/etc/systemd/system/docker.service.d/90-lab.conf',
        '/run/systemd/system/docker.service.d/x=y.conf',
      ],
      requires: ['docker.socket', 'sysinit.target', 'system.slice'],
      wants: ['containerd.service', 'network-online.target'],
      after: ['containerd.service', 'docker.socket', 'system.slice'],
      bindsTo: [],
      partOf: [],
      mainPid: 93,
      restarts: 2,
    });
    expect(units['nope.service']).toMatchObject({ loadState: 'not-found', unitFileState: 'not-found', mainPid: 0 });
    expect(units['docker.socket']).toMatchObject({ loadState: 'masked', unitFileState: 'masked', restarts: 0 });
    // The alias is found under the name it was asked by.
    expect(units['dbus-org.freedesktop.login1.service']).toMatchObject({ mainPid: 58, unitFileState: 'static' });
  });

  it('does not ask about templates, which would fail the whole call', async () => {
    const { host, asked } = fakeHost('Id=a.service\nLoadState=loaded\n');
    const units = await unitFacts(host, ['kubelet@.service', 'a.service', 'a.service', 'x@']);
    expect((asked[0]?.[1] as string[]).slice(-2)).toEqual(['--', 'a.service']);
    expect(units['kubelet@.service']).toMatchObject({ loadState: 'not-found', unitFileState: 'not-found' });
    expect(units['a.service']?.loadState).toBe('loaded');
    const none = fakeHost();
    expect(Object.keys(await unitFacts(none.host, ['x@.service']))).toEqual(['x@.service']);
    expect(none.asked).toEqual([]);
  });

  it('asks about instances of templates', async () => {
    const { host } = fakeHost('Id=getty@tty1.service\nLoadState=loaded\n');
    expect((await unitFacts(host, ['getty@tty1.service']))['getty@tty1.service']?.loadState).toBe('loaded');
  });

  it('fails rather than to mix units up', async () => {
    expect((await failure(unitFacts(fakeHost('Id=a\n\nId=b\n').host, ['a']))).code).toBe('failed');
    expect((await failure(unitFacts(fakeHost('', 1).host, ['a']))).message).toContain('it went wrong');
    for (const name of ['dock*', '-x', '', 'a b']) {
      expect((await failure(unitFacts(fakeHost().host, [name]))).code).toBe('bug');
    }
  });

  const booted = existsSync('/run/systemd/system');
  it.skipIf(!booted)(
    `reads real units${booted ? '' : ' (skipped: this machine was not booted by systemd)'}`,
    async () => {
      const units = await unitFacts(localHost({ name: 'here' }), ['basic.target', 'no-such-unit.service']);
      expect(units['basic.target']).toMatchObject({ loadState: 'loaded', activeState: 'active' });
      expect(units['no-such-unit.service']).toMatchObject({ loadState: 'not-found' });
    },
  );
});
