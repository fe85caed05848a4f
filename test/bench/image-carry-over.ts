import type { Lab } from '../lab/lab.js';
import type { LabNode } from '../lab/lab-node.js';
import type { Benchmark, Pair } from './benchmark.js';
import { labMissing } from './lab-missing.js';
import { runMigrate } from './run-migrate.js';

const ROUNDS = 3;
const IMAGES = 10;
const IMAGE_MB = 100;

/** As an operator would by hand, on the node: every image in one archive. */
const BY_HAND =
  "docker save $(docker images --format '{{.Repository}}:{{.Tag}}') | ctr --namespace k8s.io images import - >/dev/null";

/** Images, blobs and snapshots: the next import finds an empty store. */
const FORGET = `
ctr -n k8s.io images ls -q | xargs -r ctr -n k8s.io images rm --sync >/dev/null
for round in 1 2 3 4; do ctr -n k8s.io snapshots ls | awk 'NR > 1 {print $1}' | xargs -r -n 1 ctr -n k8s.io snapshots rm 2>/dev/null; done
ctr -n k8s.io content ls -q | xargs -r ctr -n k8s.io content rm >/dev/null 2>&1
sync
`;

export const imageCarryOver = (lab: () => Promise<Lab>): Benchmark => ({
  name: `carrying over ${IMAGES} images of ${IMAGE_MB} MB`,
  baseline: 'docker save ALL | ctr -n k8s.io images import -',
  limit: 1,
  unit: 's',
  unavailable: labMissing,
  async measure() {
    const cluster = await lab();
    const node = await cluster.addNode('images');
    await node.fillImages(IMAGES, IMAGE_MB);
    const pairs: Pair[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const baseline = await byHand(node);
      const { result } = await runMigrate(cluster, ['node', 'images', '--yes', '--format', 'json']);
      const ours = result.steps.find(({ id }) => id.includes('carry-images'))?.ms;
      if (ours === undefined) throw new Error('the migration carried no images over');
      pairs.push({ ours: ours / 1000, baseline });
      await runMigrate(cluster, ['rollback', 'images', '--yes', '--format', 'json']);
      await node.exec(FORGET, { timeoutMs: 120_000 });
    }
    await node.remove();
    return pairs;
  },
});

async function byHand(node: LabNode): Promise<number> {
  const began = performance.now();
  await node.exec(BY_HAND, { timeoutMs: 600_000 });
  const seconds = (performance.now() - began) / 1000;
  await node.exec(FORGET, { timeoutMs: 120_000 });
  return seconds;
}
