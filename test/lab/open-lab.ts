import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addNode } from './add-node.js';
import { bridge } from './bridge.js';
import { controlPlane } from './control-plane.js';
import { deleteTree } from './delete-tree.js';
import { ensureBase } from './ensure-base.js';
import { installHostPackages } from './install-host-packages.js';
import { kubectl, type Kubectl } from './kubectl.js';
import { labAvailable } from './lab-available.js';
import { labLayout, type LabLayout } from './lab-layout.js';
import { labNode, type LabNode } from './lab-node.js';
import { machine } from './machine.js';
import { mustRun } from './must-run.js';
import type { NodeRecord, NodeSpec } from './node-spec.js';
import { populate } from './populate.js';
import { writeSshConfig } from './write-ssh-config.js';

export interface OpenLab {
  readonly layout: LabLayout;
  readonly kubeconfig: string;
  readonly sshConfig: string;
  readonly kubectl: Kubectl;
  /** Manifests as text, as an object, or as a list of objects. */
  apply(manifest: string | object | readonly object[]): Promise<string>;
  addNode(name: string, spec?: NodeSpec): Promise<LabNode>;
  node(name: string): LabNode;
  nodes(): LabNode[];
  /** Nodes and pods that exist in the API server only. Stops the controllers: such a lab is for questions of scale. */
  populate(nodes: number, pods: number): Promise<void>;
  /** Process numbers of the control plane's parts that run. */
  running(): Readonly<Record<string, number | undefined>>;
  up(say?: (text: string) => void): Promise<void>;
  /** Ends all of the lab and deletes it, also what an interrupted run left. */
  down(): Promise<void>;
}

/** A lab by its number, whatever state it is in; nothing is started. */
export function openLab(id: number): OpenLab {
  const layout = labLayout(id);
  const kube = kubectl(layout);
  const plane = controlPlane(layout);
  const wire = bridge(layout);
  const recordFile = (name: string): string => path.join(layout.nodeDir(name), 'node.json');
  const names = (): string[] => (existsSync(layout.nodesDir) ? readdirSync(layout.nodesDir).sort() : []);

  const removeMachine = async (name: string): Promise<void> => {
    const host = machine(layout, name);
    await host.powerOff();
    await host.unmount();
    await deleteTree(layout.nodeDir(name));
  };
  const removeNode = async ({ name, number }: NodeRecord): Promise<void> => {
    await removeMachine(name);
    rmSync(path.join(layout.dir, 'addresses', String(number)), { recursive: true, force: true });
    writeSshConfig(layout);
    await kube(['delete', 'node', name, '--ignore-not-found', '--wait=false']);
  };
  const open = (record: NodeRecord): LabNode => labNode(layout, record, kube, () => removeNode(record));
  const node = (name: string): LabNode => {
    if (!existsSync(recordFile(name))) throw new Error(`there is no node ${name} in lab ${id}`);
    return open(JSON.parse(readFileSync(recordFile(name), 'utf8')) as NodeRecord);
  };

  return {
    layout,
    kubeconfig: layout.kubeconfig,
    sshConfig: layout.sshConfig,
    kubectl: kube,
    apply(manifest) {
      const list = Array.isArray(manifest) ? { apiVersion: 'v1', kind: 'List', items: manifest } : manifest;
      const input = typeof list === 'string' ? list : JSON.stringify(list);
      return kube(['apply', '-f', '-'], { input });
    },
    async addNode(name, spec = {}) {
      if (plane.running()['kube-apiserver'] === undefined) throw new Error(`lab ${id} is not up`);
      return addNode({ layout, kubectl: kube, open }, name, spec);
    },
    node,
    nodes: () =>
      names()
        .filter((name) => existsSync(recordFile(name)))
        .map(node),
    async populate(nodes, pods) {
      await plane.stopControllers();
      await populate(layout, nodes, pods);
    },
    running: plane.running,

    async up(say = () => undefined) {
      const available = labAvailable(layout.kubeBin);
      if (!available.ok) throw new Error(available.why);
      await installHostPackages();
      await ensureBase(say);
      mkdirSync(layout.nodesDir, { recursive: true });
      if (!existsSync(layout.sshKey)) {
        await mustRun(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', `lab-${id}`, '-f', layout.sshKey]);
      }
      writeSshConfig(layout);
      // Every systemd and every kubelet watches files; the kernel's 128 are used up by the third node.
      const limit = '/proc/sys/fs/inotify/max_user_instances';
      if (Number(readFileSync(limit, 'utf8')) < 8192) writeFileSync(limit, '8192');
      await wire.up();
      await plane.up();
    },
    async down() {
      await Promise.all(names().map(removeMachine));
      await plane.down();
      await wire.down();
      await deleteTree(layout.dir);
    },
  };
}
