import type { LabNode } from './lab-node.js';

export interface DockerContainerPrint {
  readonly id: string;
  readonly running: boolean;
  readonly startedAt: string;
  readonly restartCount: number;
}

const FORMAT = '{{.Name}}\t{{.Id}}\t{{.State.Running}}\t{{.State.StartedAt}}\t{{.RestartCount}}';

/** All containers in the node's Docker Engine by name, and since when they run: equal means that none was touched. */
export async function dockerContainers(node: LabNode): Promise<Readonly<Record<string, DockerContainerPrint>>> {
  const out = await node.exec(`ids=$(docker ps -aq); [ -z "$ids" ] || docker inspect --format '${FORMAT}' $ids`);
  const lines = out.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', id = '', running, startedAt = '', restarts] = line.split('\t');
      return [name.slice(1), { id, running: running === 'true', startedAt, restartCount: Number(restarts) }];
    }),
  );
}
