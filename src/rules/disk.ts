import { valueOf } from '../core/fact.js';
import type { DiskFacts, NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import { configuresNodes } from './node-facts/configures-nodes.js';
import { fields } from './node-facts/fields.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

export const disk: Rule = {
  id: 'disk',
  title: "The disk for images is Docker's",
  severity: 'warning',
  why: "A disk that is mounted at Docker's directory does not serve another runtime: that one keeps images and containers on the root file system, which fills up, and the kubelet evicts pods. All images come a second time, too.",
  fix: "Mount a disk at the new runtime's directory, or point the runtime to a directory on the old one.",
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  words: ['/var/lib/docker'],
  *object(view: ObjectView, scene: Scene) {
    if (scene.target === 'cri-dockerd' || !configuresNodes(view)) return;
    // cloud-init and Cluster API: a list of what to mount where.
    for (const { key, value, path } of fields(view.value)) {
      if (key !== 'mounts' || !Array.isArray(value)) continue;
      for (const [index, entry] of value.entries()) {
        const to: unknown = Array.isArray(entry) ? entry[1] : undefined;
        if (!scene.dataRoots.some((root) => isAt(to, root))) continue;
        yield { at: { path: [...view.path, ...path, index, 1] }, ...mounted(String(to), scene) };
      }
    }
  },
  *text(view: TextView, scene: Scene) {
    if (scene.target === 'cri-dockerd') return;
    for (const match of view.text.matchAll(view.role === 'unit' ? MOUNT_UNIT : FSTAB)) {
      const [all, where = ''] = match;
      if (scene.dataRoots.some((root) => isAt(where, root)))
        yield { at: view.at(match.index, all.length), ...mounted(where, scene) };
    }
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    if (scene.target === 'cri-dockerd' || nodeRuntime(inventory).kind === 'another') return;
    const { disks, docker, name } = inventory;
    if (!disks.known) {
      yield { undecided: disks.why };
      return;
    }
    const root = valueOf(docker)?.rootDir ?? scene.dataRoots[0] ?? '';
    const old = disks.value.find(({ path }) => path === root);
    const next = disks.value.find(({ path }) => path === directory(scene));
    if (old === undefined || next === undefined) return;
    const images = (valueOf(docker)?.images ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (old.mountPoint !== next.mountPoint) yield separate(name, root, old, next, images);
    else if (images > next.freeBytes) {
      yield {
        message: `The images of node ${name} take ${size(images)}, and ${next.mountPoint} has ${size(next.freeBytes)} free for them to come a second time: the kubelet evicts pods when the disk is full.`,
        evidence: `${next.mountPoint} ${next.fsType}, ${size(next.freeBytes)} of ${size(next.totalBytes)} free`,
        fix: 'Make room before the node is switched: `docker image prune -a` removes images that nothing uses.',
      };
    }
  },
};

const MOUNT_UNIT = /^[ \t]*Where[ \t]*=[ \t]*(\/\S+)/gm;
/** fstab(5): what, where, the file system's type, options. */
const FSTAB = /^[^#\s]\S*[ \t]+(\/\S+)[ \t]+(?:ext[234]|xfs|btrfs|zfs|auto|none)[ \t]+\w/gm;

const directory = ({ target }: Scene): string => (target === 'crio' ? '/var/lib/containers' : '/var/lib/containerd');

const isAt = (path: unknown, root: string): boolean => typeof path === 'string' && path.replace(/\/+$/, '') === root;

function mounted(where: string, scene: Scene): Pick<Hit, 'message' | 'fix'> {
  const other = directory(scene);
  return {
    message: `A disk is mounted at ${where}; ${scene.target === 'crio' ? 'CRI-O' : 'containerd'} keeps its images in ${other}, on the root file system.`,
    fix: `Mount the disk at ${other} instead.`,
  };
}

function separate(node: string, root: string, old: DiskFacts, next: DiskFacts, images: number): Hit {
  const tight = images > next.freeBytes;
  return {
    severity: tight ? 'error' : 'warning',
    message: `${root} of node ${node} is on a disk of its own (${old.mountPoint}, ${size(old.totalBytes)}); the images (${size(images)}) would come to ${next.mountPoint}, which has ${size(next.freeBytes)} free.`,
    evidence: `${old.path} on ${old.mountPoint}, ${next.path} on ${next.mountPoint}`,
    fix: `Mount a disk at ${next.path}, or set the runtime's root to a directory of its own on ${old.mountPoint}.`,
  };
}

const size = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
