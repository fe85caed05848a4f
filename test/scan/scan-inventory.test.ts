import { describe, expect, it } from 'vitest';
import { noEvidence } from '../../src/collect/node-evidence.js';
import { known, unknown } from '../../src/core/fact.js';
import type { NodeEvidence, ProcessOwner, SocketUser } from '../../src/core/node-evidence.js';
import { scanInventory } from '../../src/scan/scan-inventory.js';
import { dockerContainer, file, inventory, pod } from '../fixtures/inventory.js';
import { CONTEXT } from './scan-of.js';

const SEEN: NodeEvidence = {
  hostSocketUsers: known([], ''),
  podSocketUsers: known([], ''),
  files: known({}, ''),
  dockerGroup: known([], ''),
};
const ID = '0123456789abcdef'.repeat(4);

const user = (owner: ProcessOwner, rest: Partial<SocketUser> = {}): SocketUser => ({
  pid: 4711,
  command: 'cadvisor',
  socket: '/run/docker.sock',
  certain: true,
  owner,
  ...rest,
});
const usersOf = (users: readonly SocketUser[], node = inventory()) =>
  scanInventory(node, { ...SEEN, podSocketUsers: known(users, '') }, CONTEXT).found.filter(
    ({ ruleId }) => ruleId === 'docker-sock-user',
  );

describe('processes at the Docker socket', () => {
  const inPod: ProcessOwner = { kind: 'pod', podUid: 'uid-1', containerId: ID };

  it("are their pods', by what Docker knows of the container", () => {
    const owner = {
      kind: 'dockershim',
      role: 'container',
      namespace: 'obs',
      pod: 'agent-x',
      podUid: 'uid-1',
      container: 'main',
    } as const;
    const containers = [dockerContainer({ id: ID, owner })];
    expect(usersOf([user(inPod)], inventory({ docker: { value: { containers } } }))).toEqual([
      {
        ruleId: 'docker-sock-user',
        severity: 'error',
        confidence: 'definite',
        message:
          `Process cadvisor (pid 4711) of pod obs/agent-x on node ${inventory().name} is connected to the Docker socket now: ` +
          'without Docker on the node, nothing answers there.',
        object: { kind: 'Pod', namespace: 'obs', name: 'agent-x' },
        container: 'main',
        evidence: 'cadvisor → /run/docker.sock',
        fix: expect.stringContaining('Kubernetes API'),
      },
    ]);
  });

  it("are their pods', by the uid or a static pod's hash", () => {
    const containers = [
      { name: 'main', image: '', containerId: `docker://${ID}`, ready: true, restartCount: 0, reason: '', message: '' },
    ];
    const plain = pod({ namespace: 'obs', name: 'agent-x', uid: 'uid-1', containers });
    const fixed = pod({
      namespace: 'kube-system',
      name: 'proxy-w1',
      uid: 'other',
      annotations: { 'kubernetes.io/config.hash': 'hash-1' },
    });
    const node = inventory({ pods: known([plain, fixed], ''), docker: unknown('Docker is away') });
    const found = usersOf([user(inPod), user({ kind: 'pod', podUid: 'hash-1', containerId: undefined })], node);
    expect(found.map(({ object, container }) => [object.name, container])).toEqual([
      ['agent-x', 'main'],
      ['proxy-w1', undefined],
    ]);
    const [lost] = usersOf([user({ kind: 'pod', podUid: 'gone', containerId: undefined })], node);
    expect(lost).toMatchObject({
      object: { kind: 'Node' },
      message: expect.stringContaining('a pod with the uid gone'),
    });
  });

  it('are told of containers, units and users', () => {
    const containers = [dockerContainer({ id: ID, name: 'legacy', owner: { kind: 'plain' } })];
    const node = inventory({ docker: { value: { containers } } });
    const found = usersOf(
      [
        user({ kind: 'container', containerId: ID }),
        user({ kind: 'unit', unit: 'telegraf.service' }),
        user({ kind: 'user', uid: 1000, name: 'alice' }),
        user({ kind: 'user', uid: 1001 }),
      ],
      node,
    );
    expect(found.map(({ severity, message }) => [severity, /\(pid 4711\) (.*) on node/.exec(message)?.[1]])).toEqual([
      ['error', 'in container legacy, which Kubernetes does not own,'],
      ['error', 'of telegraf.service'],
      ['warning', 'of user alice'],
      ['warning', 'of user with the uid 1001'],
    ]);
    expect(new Set(found.map(({ object }) => object.kind))).toEqual(new Set(['Node']));
  });

  it('are not the kubelet, cri-dockerd or dockerd', () => {
    const unit: ProcessOwner = { kind: 'unit', unit: 'kubelet.service' };
    const node = inventory({ kubelet: { value: { pid: 48 } } });
    expect(usersOf([user(unit, { command: 'kubelet' }), user(unit, { command: 'cri-dockerd' })], node)).toEqual([]);
    expect(usersOf([user(unit, { pid: 48, command: 'hyperkube' })], node)).toEqual([]);
  });

  it('are one finding for one container, and possible where several could be the one', () => {
    const unit: ProcessOwner = { kind: 'unit', unit: 'ci.service' };
    const both = usersOf([user(unit, { pid: 1, command: 'a' }), user(unit, { pid: 2, command: 'b' })]);
    expect(both).toMatchObject([
      {
        confidence: 'definite',
        message: expect.stringMatching(/^Processes a \(pid 1\) and b \(pid 2\) of ci\.service .* are connected/),
      },
    ]);
    const unsure = usersOf([user(unit, { pid: 1, certain: false }), user(unit, { pid: 2, certain: false })]);
    expect(unsure).toMatchObject([{ confidence: 'possible', message: expect.stringMatching(/^One of the processes/) }]);
    const oneSure = usersOf([user(unit, { pid: 1, certain: false }), user(unit, { pid: 2 })]);
    expect(oneSure).toMatchObject([
      { confidence: 'definite', message: expect.stringMatching(/^Process cadvisor \(pid 2\) of/) },
    ]);
  });

  it('do no harm where Docker stays', () => {
    const scene = { ...CONTEXT.scene, target: 'cri-dockerd' } as const;
    const evidence = { ...SEEN, podSocketUsers: known([user(inPod)], ''), dockerGroup: known(['alice'], '') };
    const { found } = scanInventory(inventory(), evidence, { ...CONTEXT, scene });
    expect(found.filter(({ ruleId }) => /docker-(?:sock-user|group)/.test(ruleId))).toEqual([]);
  });
});

describe('scanInventory', () => {
  const PRUNE = '0 3 * * * root docker system prune -f\n';

  it('scans files of both kinds, each once', () => {
    const files = known(
      {
        '/etc/cron.d/prune': file(PRUNE),
        '/lib/systemd/system/ci.service': file('[Service]\nExecStart=/usr/bin/docker run -d app\n'),
      },
      '',
    );
    const evidence = {
      ...SEEN,
      files: known(
        {
          '/etc/cron.d/prune': file(PRUNE),
          '/usr/lib/systemd/system/ci.service': file('[Service]\nExecStart=/usr/bin/docker run -d app\n'),
          '/usr/local/bin/clean': file('#!/bin/sh\ndocker ps -aq | xargs docker rm\n'),
        },
        '',
      ),
    };
    const { found } = scanInventory(inventory({ files }), evidence, CONTEXT);
    const places = found
      .filter(({ ruleId }) => ruleId === 'docker-cli-cmd')
      .map(({ file: at, line }) => `${at ?? ''}:${line ?? 0}`);
    const { name } = inventory();
    expect(new Set(places)).toEqual(
      new Set([
        `${name}:/etc/cron.d/prune:1`,
        `${name}:/lib/systemd/system/ci.service:2`,
        `${name}:/usr/local/bin/clean:2`,
      ]),
    );
    expect(places.filter((place) => place.includes('prune'))).toHaveLength(1);
  });

  it('says which files are too long', () => {
    const long = {
      exists: true,
      sha256: 'x',
      mode: 0o644,
      content: '[2000000 bytes, too long to be kept]',
      whole: false,
    };
    const evidence = { ...SEEN, files: known({ '/usr/local/bin/big': long }, '') };
    const { errors } = scanInventory(inventory(), evidence, CONTEXT);
    expect(errors).toEqual([
      { subject: `${inventory().name}:/usr/local/bin/big`, message: 'has 2000000 bytes, too long to be scanned' },
    ]);
  });

  it('tells a reason that many rules share once, and others by their rule', () => {
    const away = unknown('no route to host');
    const node = inventory({
      ...{
        kubelet: away,
        docker: away,
        units: away,
        files: away,
        packages: away,
        kernel: away,
        cni: away,
        disks: away,
      },
    });
    const { undecided } = scanInventory(node, noEvidence('no route to host'), CONTEXT);
    expect(undecided).toEqual([{ subject: `node ${node.name}`, why: 'no route to host' }]);
    const single = scanInventory(inventory(), { ...SEEN, dockerGroup: unknown('w9 has no command getent') }, CONTEXT);
    expect(single.undecided).toEqual([
      { ruleId: 'docker-group', subject: `node ${node.name}`, why: 'w9 has no command getent' },
    ]);
  });

  it('heeds what the annotations of the Node say', () => {
    const key = 'dockershim-migrate.io/ignore';
    const node = inventory({ node: { value: { annotations: { [key]: 'node-runtime-docker -- replaced in May' } } } });
    const { found } = scanInventory(node, SEEN, CONTEXT);
    const [one] = found.filter(({ ruleId }) => ruleId === 'node-runtime-docker');
    expect(one?.suppressed?.by).toBe('annotation');
    expect(found.some(({ suppressed }) => suppressed === undefined)).toBe(true);
  });
});
