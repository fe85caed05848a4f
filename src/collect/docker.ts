import type { DockerFacts, UnitFacts } from '../core/inventory.js';
import type { DockerReader, ReadHost } from '../core/ports.js';
import { daemonJson } from './daemon-json.js';
import { daemonJsonPath } from './daemon-json-path.js';
import type { FileReader } from './file-reader.js';

export async function collectDocker(
  host: ReadHost,
  files: FileReader,
  unit: UnitFacts,
  docker: () => Promise<DockerReader>,
): Promise<DockerFacts> {
  const [facts, configuration] = await Promise.all([
    fromEngine(docker),
    daemonJsonPath(files, unit).then((path) => daemonJson(host, files, path)),
  ]);
  return { ...facts, daemonJson: configuration };
}

async function fromEngine(docker: () => Promise<DockerReader>): Promise<Omit<DockerFacts, 'daemonJson'>> {
  const reader = await docker();
  try {
    return await reader.facts();
  } finally {
    await reader.close();
  }
}
