import type { LabNode } from './lab-node.js';

export interface ContainerPrint {
  readonly id: string;
  readonly startedAt: string;
  readonly restartCount: number;
}

const FORMAT = '{{.Name}}\t{{.Id}}\t{{.State.StartedAt}}\t{{.RestartCount}}';

/** The containers that run in the node's Docker Engine by name, and since when: equal means that none was touched. */
export async function runningContainers(node: LabNode): Promise<Readonly<Record<string, ContainerPrint>>> {
  const out = await node.exec(`ids=$(docker ps -q); [ -z "$ids" ] || docker inspect --format '${FORMAT}' $ids`);
  const lines = out.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', id = '', startedAt = '', restarts] = line.split('\t');
      return [name.slice(1), { id, startedAt, restartCount: Number(restarts) }];
    }),
  );
}
