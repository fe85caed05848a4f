import { z } from 'zod';
import type { LabNode } from './lab-node.js';

const imagesSchema = z.array(z.looseObject({ names: z.array(z.string()).default([]) }));
const containersSchema = z.array(z.looseObject({ id: z.string(), names: z.array(z.string()).default([]) }));

const STORE = '/var/lib/containers/storage';
const LOOK = `for file in images containers; do cat ${STORE}/overlay-$file/$file.json 2>/dev/null || echo '[]'; echo; done
ls /run/netns /run/ipcns /run/utsns 2>/dev/null | grep -v : || :; pgrep -x -a conmon || :`;

export interface CrioStore {
  readonly images: readonly string[];
  /** Ids of sandboxes, also of those that have ended. */
  readonly sandboxes: readonly string[];
  /** Ids of containers in them. */
  readonly containers: readonly string[];
  /** Namespaces that are held by a name, and processes that watch a container. */
  readonly alive: readonly string[];
}

/** What CRI-O holds on the node, read from its store, so that nobody has to answer. */
export async function crioStore(node: LabNode): Promise<CrioStore> {
  const [images = '[]', containers = '[]', ...alive] = (await node.exec(LOOK))
    .split('\n')
    .filter((line) => line !== '');
  const all = containersSchema.parse(JSON.parse(containers));
  const isSandbox = ({ names }: (typeof all)[number]): boolean => names.some((name) => name.startsWith('k8s_POD_'));
  const ids = (some: typeof all): string[] => some.map(({ id }) => id).sort();
  return {
    images: imagesSchema.parse(JSON.parse(images)).flatMap(({ names }) => names).sort(), // prettier-ignore
    sandboxes: ids(all.filter(isSandbox)),
    containers: ids(all.filter((one) => !isSandbox(one))),
    alive,
  };
}
