import { describe, expect, it } from 'vitest';
import type { NodeInventory } from '../../src/core/inventory.js';
import { unknown } from '../../src/core/fact.js';
import { planFacts } from '../../src/plan/plan-facts.js';
import { movedFacts } from '../../src/plan/staleness.js';
import { collectFakeNode, dockerFacts, fakeKube } from '../collect/collect-fake-node.js';
import type { FakeHostInput } from '../collect/fake-read-host.js';
import { capturedUnits } from '../collect/captured-units.js';
import { kubeadmNode, unitsAnswer } from '../collect/kubeadm-node.js';
import { knownValue } from '../collect/known-value.js';

const collect = async (changes: FakeHostInput = {}): Promise<NodeInventory> =>
  (await collectFakeNode(kubeadmNode(changes))).inventory;
const moved = async (after: NodeInventory): Promise<readonly string[]> =>
  movedFacts(planFacts(await collect()), planFacts(after));
const kubelet = capturedUnits['kubelet.service'] ?? '';

describe('what a plan rests on', () => {
  it('is the same for the same node', async () => {
    expect(await moved(await collect())).toEqual([]);
  });

  it('does not move while the node goes on working', async () => {
    const restarted = kubelet
      .replace('MainPID=94', 'MainPID=940')
      .replace('NRestarts=0', 'NRestarts=3')
      .replace('SubState=running', 'SubState=auto-restart')
      .replace('ActiveState=active', 'ActiveState=activating');
    const files = Object.fromEntries(
      Object.entries(kubeadmNode().files ?? {})
        .filter(([path]) => path.startsWith('/proc/94/'))
        .map(([path, text]) => [path.replace('94', '940'), text]),
    );
    const inventory = await collect({
      files,
      answers: { 'systemctl show': unitsAnswer({ 'kubelet.service': restarted }) },
    });
    expect(knownValue(inventory.kubelet).pid).toBe(940);
    const later: NodeInventory = {
      ...inventory,
      collectedAt: '2030-01-01T00:00:00.000Z',
      pods: unknown('away'),
      disks: unknown('away'),
      criEndpoints: [],
    };
    expect(await moved(later)).toEqual([]);
  });

  it.each<[string, FakeHostInput, readonly string[]]>([
    [
      'a file that changed',
      { files: { '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=--v=4\n' } },
      ['the file /etc/default/kubelet'],
    ],
    ['a file that came', { files: { '/etc/crictl.yaml': 'debug: true\n' } }, ['the file /etc/crictl.yaml']],
    [
      'a file of another mode',
      { modes: { '/etc/crictl.yaml': 0o600, '/etc/default/kubelet': 0o600 } },
      ['the file /etc/default/kubelet'],
    ],
    [
      'flags',
      { files: { '/proc/94/cmdline': '/usr/bin/kubelet\0--v=4\0--config=/var/lib/kubelet/config.yaml\0' } },
      ["the kubelet's version, flags or configuration"],
    ],
    [
      'a unit',
      {
        answers: {
          'systemctl show': unitsAnswer({
            'kubelet.service': kubelet.replace('UnitFileState=enabled', 'UnitFileState=disabled'),
          }),
        },
      },
      ['the units of systemd'],
    ],
    [
      'containerd',
      { answers: { '/usr/bin/containerd --version': 'containerd x 1.6.21 y\n' } },
      ["containerd's version"],
    ],
    ['a fact that is not known any more', { without: ['uname'] }, ['the operating system']],
  ])('moves with %s', async (_name, changes, names) => {
    expect(await moved(await collect(changes))).toEqual(names);
  });

  it('moves with the Node, and not with its heartbeat', async () => {
    const node = knownValue((await collect()).node);
    const after = async (changes: Partial<typeof node>) =>
      (
        await collectFakeNode(kubeadmNode(), {
          kube: fakeKube({ node: () => Promise.resolve({ ...node, ...changes }) }),
        })
      ).inventory;
    expect(await moved(await after({ labels: { a: 'b' }, allocatable: { pods: '1' } }))).toEqual([]);
    expect(await moved(await after({ unschedulable: true }))).toEqual(['the Node in the cluster']);
    expect(await moved(await after({ annotations: {} }))).toEqual(['the Node in the cluster']);
  });

  it('moves with foreign containers, and not with those of Kubernetes or their order', async () => {
    const inventory = await collect();
    const container = (id: string, kind: 'plain' | 'dockershim') => ({
      ...{
        id,
        name: id,
        image: '',
        imageId: '',
        command: '',
        state: 'running',
        startedAt: '',
        restartPolicy: '',
        pid: 1,
        labels: {},
      },
      owner:
        kind === 'plain'
          ? { kind }
          : { kind, role: 'sandbox' as const, namespace: '', pod: '', podUid: '', container: '' },
    });
    const withContainers = (...containers: ReturnType<typeof container>[]): NodeInventory => ({
      ...inventory,
      docker: { known: true, from: '', value: { ...dockerFacts, ...knownValue(inventory.docker), containers } },
    });
    expect(await moved(withContainers(container('k', 'dockershim')))).toEqual([]);
    expect(await moved(withContainers(container('p', 'plain')))).toEqual([
      'the containers that Kubernetes does not own',
    ]);
    const [a, b] = [container('a', 'plain'), container('b', 'plain')];
    expect(movedFacts(planFacts(withContainers(a, b)), planFacts(withContainers(b, a)))).toEqual([]);
  });

  it('tells facts that only one side has by their own names', () => {
    expect(movedFacts({ os: '1', 'file:/a': '2' }, { os: '1', somethingNew: '3' })).toEqual([
      'somethingNew',
      'the file /a',
    ]);
  });
});
