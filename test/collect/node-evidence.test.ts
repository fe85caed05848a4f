import { describe, expect, it } from 'vitest';
import { collectNodeEvidence } from '../../src/collect/node-evidence.js';
import type { Clock } from '../../src/core/ports.js';
import { fakeReadHost, type FakeHostInput } from './fake-read-host.js';

const clock: Clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
const ID = '0123456789abcdef'.repeat(4);

/** 48 is the kubelet, 70 an agent's unit, 71 a login; 90 and 91 are in one pod, of which 91 has nothing of the socket. */
const PROCESSES: Record<number, { comm: string; cgroup: string; uid?: number }> = {
  48: { comm: 'kubelet', cgroup: '0::/system.slice/kubelet.service' },
  70: { comm: 'agent', cgroup: '0::/system.slice/agent.service' },
  71: { comm: 'docker', cgroup: '0::/system.slice/ssh.service', uid: 1000 },
  90: { comm: 'cadvisor', cgroup: `0::/kubepods/pod${'a'.repeat(32)}/${ID}` },
  91: { comm: 'sidecar', cgroup: `0::/kubepods/pod${'a'.repeat(32)}/${'b'.repeat(64)}` },
};

const HOST_MOUNTS = '1 0 8:1 / / rw - ext4 /dev/vda rw\n2 1 0:43 / /run rw - tmpfs tmpfs rw\n';
const SOCKET_MOUNT = '5 1 0:43 /docker.sock /var/run/docker.sock rw - tmpfs tmpfs rw\n';
const SECRET_MOUNT = '6 1 0:57 / /var/run/secrets ro - tmpfs tmpfs rw\n';

const HEAD = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
const line = (state: string, inode: number, path = ''): string =>
  `000000008184653e: 00000003 00000000 00000000 0001 ${state} ${inode}${path === '' ? '' : ` ${path}`}\n`;

const files: Record<string, string> = Object.fromEntries(
  Object.entries(PROCESSES).flatMap(([pid, { comm, cgroup, uid = 0 }]) => [
    [`/proc/${pid}/comm`, `${comm}\n`],
    [`/proc/${pid}/cgroup`, `${cgroup}\n`],
    [`/proc/${pid}/status`, `Name:\t${comm}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`],
  ]),
);

const SS = [
  'u_str ESTAB 0      0      /run/docker.sock 4126041 * 4800',
  'u_str ESTAB 0      0      /run/docker.sock 4126029 * 7000',
  'u_str ESTAB 0      0      /run/docker.sock 4126030 * 7100',
  'u_str ESTAB 0      0      /run/docker.sock 4126031 * 0',
  'u_str ESTAB 0      0      /run/systemd/journal/stdout 11 * 12',
  'u_str ESTAB 0      0      * 4033773 * 4033774',
  '',
].join('\n');
const FDS = [
  '48/fd/38 socket:[4800]',
  '70/fd/3 socket:[7000]',
  '70/fd/4 socket:[12]',
  '71/fd/3 socket:[7100]',
  '90/fd/3 socket:[9000]',
  '91/fd/5 socket:[9100]',
  '',
];
const NETWORKS = [
  '1/ns/net net:[1]',
  '48/ns/net net:[1]',
  '70/ns/net net:[1]',
  '71/ns/net net:[1]',
  '90/ns/net net:[2]',
  '91/ns/net net:[2]',
  '99/ns/net net:[3]',
  '',
];

const look = (
  overrides: FakeHostInput = {},
  unix = HEAD + line('03', 9000) + line('03', 9001, '/run/docker.sock') + line('03', 9100),
) =>
  collectNodeEvidence({
    clock,
    staticPods: '/etc/kubernetes/manifests',
    host: fakeReadHost({
      ...overrides,
      files: {
        ...files,
        '/proc/1/mountinfo': HOST_MOUNTS,
        '/proc/90/mountinfo': SECRET_MOUNT + SOCKET_MOUNT,
        '/proc/91/mountinfo': SECRET_MOUNT,
        '/proc/90/net/unix': unix,
        '/proc/99/net/unix': HEAD + line('03', 1),
        '/etc/cron.d/prune': '0 3 * * * root docker system prune -f\n',
        ...overrides.files,
      },
      answers: {
        ss: SS,
        'find /proc -maxdepth 3 -path /proc/[0-9]*/fd/*': {
          code: 1,
          stdout: FDS.join('\n'),
          stderr: "find: '/proc/99/fd/6': No such file or directory",
        },
        'find /proc -maxdepth 3 -path /proc/[0-9]*/ns/net': NETWORKS.join('\n'),
        'grep -sH': `/proc/90/net/unix:${line('03', 9001, '/run/docker.sock')}`,
        'grep -rlIis': { code: 2, stdout: '/etc/cron.d/prune\n' },
        'getent group docker': 'docker:x:103:alice,bob\n',
        'getent passwd 1000': 'alice:x:1000:1000::/home/alice:/bin/sh\n',
        ...overrides.answers,
      },
    }),
  });

const users = (fact: Awaited<ReturnType<typeof look>>['podSocketUsers']) =>
  fact.known ? fact.value.map(({ pid, certain }) => ({ pid, certain })) : fact.why;

describe('collectNodeEvidence', () => {
  it('finds who is connected in the network of the host, and whose process it is', async () => {
    const { hostSocketUsers } = await look();
    expect(hostSocketUsers).toMatchObject({
      value: [
        { pid: 48, command: 'kubelet', owner: { kind: 'unit', unit: 'kubelet.service' } },
        { pid: 70, command: 'agent', socket: '/run/docker.sock', certain: true, owner: { unit: 'agent.service' } },
        { pid: 71, command: 'docker', owner: { kind: 'user', uid: 1000, name: 'alice' } },
      ],
    });
  });

  it('finds who is connected in the network of a pod, by the mounts where several could be', async () => {
    const { podSocketUsers } = await look();
    expect(podSocketUsers).toMatchObject({
      value: [
        {
          pid: 90,
          command: 'cadvisor',
          socket: '/run/docker.sock',
          certain: true,
          owner: { kind: 'pod', podUid: 'a'.repeat(32), containerId: ID },
        },
      ],
    });
  });

  it('names all of them where nothing tells which it is', async () => {
    const both = await look({ files: { '/proc/91/mountinfo': SOCKET_MOUNT } });
    expect(users(both.podSocketUsers)).toEqual([
      { pid: 90, certain: false },
      { pid: 91, certain: false },
    ]);
    const everyOne =
      HEAD +
      line('03', 9000) +
      line('03', 9001, '/run/docker.sock') +
      line('03', 9100) +
      line('03', 9101, '/run/docker.sock');
    const twice = await look({ files: { '/proc/91/mountinfo': SOCKET_MOUNT } }, everyOne);
    expect(users(twice.podSocketUsers)).toEqual([
      { pid: 90, certain: true },
      { pid: 91, certain: true },
    ]);
  });

  it('leaves a process out that has ended meanwhile', async () => {
    const { hostSocketUsers } = await look({
      answers: {
        ss: 'u_str ESTAB 0 0 /run/docker.sock 1 * 6600\n',
        'find /proc -maxdepth 3 -path /proc/[0-9]*/fd/*': '66/fd/3 socket:[6600]\n',
      },
    });
    expect(hostSocketUsers).toMatchObject({ known: true, value: [] });
  });

  it('still knows of pods on a host without ss', async () => {
    const { hostSocketUsers, podSocketUsers } = await look({ answers: { ss: { code: 127 } } });
    expect(users(hostSocketUsers)).toBe('w9 has no command ss');
    expect(users(podSocketUsers)).toEqual([{ pid: 90, certain: true }]);
  });

  it('does not take a refusal for an answer', async () => {
    const refused = { code: 1, stdout: '', stderr: "find: '/proc/1/fd': Permission denied" };
    const { hostSocketUsers, podSocketUsers } = await look({
      answers: {
        'find /proc -maxdepth 3 -path /proc/[0-9]*/fd/*': refused,
        'find /proc -maxdepth 3 -path /proc/[0-9]*/ns/net': refused,
      },
    });
    expect(users(hostSocketUsers)).toMatch(/only root can see/);
    expect(users(podSocketUsers)).toMatch(/only root can see/);
  });

  it('reads the files that mention Docker, and who is in its group', async () => {
    const { files: mentions, dockerGroup } = await look();
    expect(mentions).toMatchObject({
      value: { '/etc/cron.d/prune': { exists: true, content: '0 3 * * * root docker system prune -f\n' } },
    });
    expect(dockerGroup).toMatchObject({ value: ['alice', 'bob'] });
    const none = await look({ answers: { 'getent group docker': { code: 2 } } });
    expect(none.dockerGroup).toMatchObject({ value: [] });
  });

  it('says so where there are too many files or no grep', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `/usr/local/bin/${index}`).join('\n');
    const crowded = await look({ answers: { 'grep -rlIis': many } });
    expect(crowded.files).toMatchObject({ known: false, why: '2000 files on w9 mention Docker, too many to be read' });
    const bare = await look({ answers: { 'grep -rlIis': { code: 127 } } });
    expect(bare.files).toMatchObject({ known: false, why: 'w9 has no command grep' });
  });
});
