import { afterEach, expect, test, vi } from 'vitest';
import { planPaths, STATE_DIR } from '../../src/core/node-paths.js';
import { inventoryText } from '../../src/report/inventory-text.js';
import { planJson } from '../../src/report/plan-json.js';
import { planMarkdown } from '../../src/report/plan-markdown.js';
import { planText } from '../../src/report/plan-text.js';
import type { FakeWorld } from '../fakes/fake-world.js';
import { standardWorld } from '../fakes/standard-world.js';
import { carryOn } from './carry-on.js';
import { NODE, onlyNode, optionsFor, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

const SECRET = 'hunter2-marker';

const KEY_TEXT = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`;
const DOCKER_PROXY = '/etc/systemd/system/docker.service.d/http-proxy.conf';

const KUBELET = '/etc/default/kubelet';
const kubeletText = (flags: string): string =>
  `KUBELET_EXTRA_ARGS=${flags}\nHTTPS_PROXY=http://node:${SECRET}@proxy.lab:3128\n`;

const daemonJson = JSON.stringify({
  'log-driver': 'json-file',
  proxies: { 'http-proxy': `http://builder:${SECRET}@proxy.lab:3128` },
});

/** A node with secrets in files of which new ones are made, in other syntaxes and in their own, and in one that is edited. */
async function nodeWithSecrets(): Promise<FakeWorld> {
  const world = await standardWorld('shared', { daemonJson });
  const { files } = world.machine(NODE);
  files.write('/root/.docker/config.json', JSON.stringify({ auths: { 'registry.lab': { auth: SECRET } } }), {
    mode: 0o600,
  });
  files.write(KUBELET, kubeletText('--node-ip=10.99.0.11 --network-plugin=cni'));
  files.write(DOCKER_PROXY, `[Service]\nEnvironment='HTTPS_PROXY=http://pull:%%${SECRET}"@proxy.lab:3128'\n`);
  files.write('/etc/docker/certs.d/registry.lab:5000/client.cert', 'a certificate\n');
  files.write('/etc/docker/certs.d/registry.lab:5000/client.key', KEY_TEXT, { mode: 0o600 });
  await session(world).operator.host.run(['systemctl', 'daemon-reload']);
  return world;
}

const CARRIED = [
  ['/etc/systemd/system/containerd.service.d/http-proxy.conf', `%%${SECRET}\\"@proxy.lab`],
  ['/etc/systemd/system/containerd.service.d/http-proxy.conf', `http://builder:${SECRET}@`],
  ['/etc/containerd/certs.d/registry.lab:5000/client.key', KEY_TEXT],
  ['/var/lib/kubelet/config.json', `"auth": "${SECRET}"`],
] as const;

function expectCarried(world: FakeWorld): void {
  const { files } = world.machine(NODE);
  for (const [path, text] of CARRIED) {
    expect(files.text(path), path).toContain(text);
    expect(files.entry(path)?.mode, path).toBe(0o600);
  }
  expect(files.text(KUBELET)).toBe(kubeletText('--node-ip=10.99.0.11'));
}

test('no secret of the node is in anything that is written or told', async () => {
  const world = await nodeWithSecrets();
  const { files } = world.machine(NODE);
  const { plan, migrate, rollback, operator } = session(world);
  const inventory = await operator.collect();
  const made = await plan(optionsFor('shared'));
  expect(onlyNode(made).notices.filter(({ level }) => level !== 'warning')).toEqual([]);
  const result = await migrate(made);
  expect(result.errors).toEqual([]);
  expectCarried(world);
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

test(
  'an operator that dies amid it leaves every secret at hand for the one who resumes',
  { timeout: 120_000 },
  async () => {
    const whole = session(await nodeWithSecrets());
    const made = await whole.plan(optionsFor('shared'));
    await whole.migrate(made);
    const calls = whole.operator.calls.length;
    expect(calls).toBeGreaterThan(50);
    for (let at = 2; at <= calls; at += 5) {
      const world = await nodeWithSecrets();
      await session(world, { faults: [{ at, how: at % 2 === 0 ? 'dies' : 'dies-after' }] })
        .migrate(made)
        .catch(() => undefined);
      await world.clock.sleep(5000);
      const outcome = await carryOn(world, made);
      expect(['migrated', 'rolled-back'], `died at ${at}: ${whole.operator.calls[at - 1]}`).toContain(outcome);
      if (outcome === 'migrated') expectCarried(world);
    }
  },
);
