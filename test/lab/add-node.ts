import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeRoot } from './create-node-root.js';
import { ensureBase } from './ensure-base.js';
import type { Kubectl } from './kubectl.js';
import type { LabLayout } from './lab-layout.js';
import type { LabNode } from './lab-node.js';
import type { NodeRecord, NodeSpec } from './node-spec.js';
import { waitFor } from './wait-for.js';
import { writeSshConfig } from './write-ssh-config.js';

const NAME = /^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$/;
const FIRST_NUMBER = 11;
const LAST_NUMBER = 250;

interface Surroundings {
  readonly layout: LabLayout;
  readonly kubectl: Kubectl;
  open(record: NodeRecord): LabNode;
}

/** Makes a node, boots it and brings it into the cluster, as kubeadm join would. */
export async function addNode({ layout, kubectl, open }: Surroundings, name: string, spec: NodeSpec): Promise<LabNode> {
  if (!NAME.test(name))
    throw new Error(`'${name}' is no name for a node: up to 20 lower-case letters, digits and dashes`);
  const dir = layout.nodeDir(name);
  if (existsSync(dir)) throw new Error(`node ${name} is there already`);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const number = takeNumber(path.join(layout.dir, 'addresses'));
  const record: NodeRecord = { name, number, address: layout.address(number), spec };
  // Written first, so that an interrupted node can be removed by its name.
  const recordFile = path.join(dir, 'node.json');
  writeFileSync(recordFile, JSON.stringify(record));
  const base = await ensureBase(() => undefined);
  const hostKey = await createNodeRoot(layout, base, record);
  writeFileSync(recordFile, JSON.stringify({ ...record, hostKey }));
  writeSshConfig(layout);

  const node = open(record);
  await node.boot();
  if (spec.wait === false) return node;
  await waitFor(`node ${name} to join`, 60_000, () => kubectl(['get', 'node', name, '-o', 'name']));
  await kubectl([
    'annotate',
    'node',
    name,
    '--overwrite',
    'kubeadm.alpha.kubernetes.io/cri-socket=/var/run/dockershim.sock',
  ]);
  if (spec.controlPlane === true) {
    const roles = ['master', 'control-plane'].map((role) => `node-role.kubernetes.io/${role}=`);
    await kubectl([
      'label',
      'node',
      name,
      '--overwrite',
      ...roles,
      'node.kubernetes.io/exclude-from-external-load-balancers=',
    ]);
    await kubectl(['taint', 'node', name, '--overwrite', 'node-role.kubernetes.io/master:NoSchedule']);
  }
  // As the controller manager would. It makes the kubelet report at once, and only once: given too early, while the
  // kubelet still starts, the next report comes with the heartbeat, 10 s later.
  await sleep(2_000);
  const podCIDR = layout.podSubnet(number);
  await kubectl(['patch', 'node', name, '-p', JSON.stringify({ spec: { podCIDR, podCIDRs: [podCIDR] } })]);
  await node.waitReady();
  return node;
}

/** The first number nobody has; making a folder is how two that come at once do not get the same. */
function takeNumber(dir: string): number {
  mkdirSync(dir, { recursive: true });
  for (let number = FIRST_NUMBER; number <= LAST_NUMBER; number++) {
    try {
      mkdirSync(path.join(dir, String(number)));
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`the lab has no address left in ${dir}`);
}
