import { describe, expect, it } from 'vitest';
import { processOwner } from '../../src/collect/process-owner.js';

const ID = '0123456789abcdef'.repeat(4);
const INNER = 'fedcba9876543210'.repeat(4);
const UID = '40c28577-5c16-4b15-bb38-f5fc936bc9af';
const STATIC = 'e9f5070484cc0bdbf3db7a05070c3dbe';
const SLICES = '/kubepods.slice/kubepods-besteffort.slice';
const pod = (podUid: string, containerId: string | undefined = ID) => ({ kind: 'pod', podUid, containerId });

describe('processOwner', () => {
  it.each([
    ['cgroupfs, version 1', `9:name=systemd:/kubepods/besteffort/pod${UID}/${ID}\n3:cpuset:/`, pod(UID)],
    ['cgroupfs below a root', `4:memory:/lab/kubepods/pod${UID}/${ID}`, pod(UID)],
    ['a static pod', `0::/kubepods/burstable/pod${STATIC}/${ID}`, pod(STATIC)],
    [
      'systemd and Docker',
      `0::${SLICES}/kubepods-besteffort-pod${UID.replaceAll('-', '_')}.slice/docker-${ID}.scope`,
      pod(UID),
    ],
    ['systemd and containerd', `0::${SLICES}/kubepods-pod${STATIC}.slice/cri-containerd-${ID}.scope`, pod(STATIC)],
    ['systemd and CRI-O', `0::${SLICES}/kubepods-pod${STATIC}.slice/crio-${ID}.scope/container`, pod(STATIC)],
    ['a Docker inside of a pod', `0::/kubepods/pod${UID}/${ID}/docker/${INNER}`, pod(UID)],
    ['a pod without its container', `0::/kubepods/pod${UID}`, { kind: 'pod', podUid: UID, containerId: undefined }],
    ['a container of Docker', `1:cpu:/docker/${ID}`, { kind: 'container', containerId: ID }],
    ['the same with systemd', `0::/system.slice/docker-${ID}.scope`, { kind: 'container', containerId: ID }],
    ['a unit', '0::/system.slice/datadog-agent.service', { kind: 'unit', unit: 'datadog-agent.service' }],
    [
      'a unit, version 1',
      '9:name=systemd:/system.slice/cron.service\n2:cpuacct:/',
      { kind: 'unit', unit: 'cron.service' },
    ],
    ['a session', '0::/user.slice/user-1000.slice/session-3.scope', { kind: 'user', uid: 1000 }],
    [
      "a user's own unit",
      '0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service',
      { kind: 'user', uid: 1000 },
    ],
    ['a login without sessions', '0::/system.slice/ssh.service', { kind: 'user', uid: 7 }],
    ['a login by a socket', '0::/system.slice/system-sshd.slice/sshd@3-10.0.0.1:22.service', { kind: 'user', uid: 7 }],
    ['nothing to go by', '0::/', { kind: 'user', uid: 7 }],
  ])('%s', (_, cgroup, owner) => {
    expect(processOwner(cgroup, 7)).toEqual(owner);
  });
});
