import { afterEach, expect, test, vi } from 'vitest';
import { planPaths, STATE_DIR } from '../../src/core/node-paths.js';
import { inventoryText } from '../../src/report/inventory-text.js';
import { planJson } from '../../src/report/plan-json.js';
import { planMarkdown } from '../../src/report/plan-markdown.js';
import { planText } from '../../src/report/plan-text.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, onlyNode, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

const SECRET = 'hunter2-marker';

const daemonJson = JSON.stringify({
  'log-driver': 'json-file',
  proxies: { 'http-proxy': `http://builder:${SECRET}@proxy.lab:3128` },
  'registry-mirrors': [`https://mirror:${SECRET}@mirror.lab`],
});

test('no secret of the node is in anything that is written or told', async () => {
  const world = await standardWorld('shared', { daemonJson });
  const { files } = world.machine(NODE);
  files.write('/root/.docker/config.json', JSON.stringify({ auths: { 'registry.lab': { auth: SECRET } } }), {
    mode: 0o600,
  });
  files.write(
    '/etc/default/kubelet',
    `KUBELET_EXTRA_ARGS=--node-ip=10.99.0.11\nHTTPS_PROXY=http://node:${SECRET}@proxy.lab:3128\n`,
  );
  const { plan, migrate, rollback, operator } = session(world);
  const inventory = await operator.collect();
  const made = await plan(optionsFor('shared'));
  expect(onlyNode(made).verdict).toBe('migrate');
  const result = await migrate(made);
  const back = await rollback();
  expect([result.outcome, back.outcome]).toEqual(['migrated', 'rolled-back']);

  const { backupDir } = planPaths(onlyNode(made).planId);
  const written = files.entries().filter(([path]) => path.startsWith(STATE_DIR) && !path.startsWith(backupDir));
  const text = { color: false, width: 100 };
  const told: Readonly<Record<string, string>> = {
    inventory: JSON.stringify(inventory) + inventoryText([inventory], text),
    plan: planJson(made) + planText(made, text) + planMarkdown(made),
    events: JSON.stringify(operator.events),
    results: JSON.stringify([result, back]),
    commands: operator.calls.join('\n'),
    ...Object.fromEntries(written.map(([path, entry]) => [path, entry.type === 'file' ? entry.bytes.toString() : ''])),
  };
  expect(Object.keys(told).some((path) => path.endsWith('journal.jsonl'))).toBe(true);
  expect(Object.keys(told).filter((name) => told[name]?.includes(SECRET))).toEqual([]);
  // The marker was there to be found.
  expect(files.text('/etc/docker/daemon.json')).toContain(SECRET);
});
