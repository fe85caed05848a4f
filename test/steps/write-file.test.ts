import { afterEach, expect, test, vi } from 'vitest';
import type { GeneratedFile } from '../../src/core/conversion.js';
import { sha256 } from '../../src/core/digest.js';
import { planPaths } from '../../src/core/node-paths.js';
import { hideSecrets } from '../../src/core/secret-markers.js';
import type { StepInput } from '../../src/core/step.js';
import { contexts } from '../../src/engine/contexts.js';
import { openJournal } from '../../src/engine/journal-file.js';
import { undo } from '../../src/engine/undo.js';
import { writeFile } from '../../src/steps/write-file.js';
import { NODE, optionsFor, session } from '../engine/session.js';
import { standardWorld } from '../fakes/standard-world.js';

afterEach(() => void vi.unstubAllGlobals());

const PLAN = 'w1-0123456789ab';
const SECRET = 'p%%40"hunter2';
const DOCKER = '/etc/systemd/system/docker.service.d/http-proxy.conf';
const CONTAINERD = '/etc/systemd/system/containerd.service.d/http-proxy.conf';
const KUBELET = '/etc/default/kubelet';

const dockerText = `[Service]\nEnvironment="HTTP_PROXY=http://u:${SECRET.replace('"', '\\"')}@proxy:3128"\n`;
const kubeletText = 'KUBELET_EXTRA_ARGS=--docker=x --v=2\nHTTPS_PROXY=http://u:s3cret@proxy\n';
const newKubelet = hideSecrets(kubeletText, KUBELET).replace(' --docker=x', '');

const generated: readonly GeneratedFile[] = [
  { group: 'kubelet', path: KUBELET, mode: 0o640, content: newKubelet, why: '' },
  { group: 'runtime', path: CONTAINERD, mode: 0o600, content: hideSecrets(dockerText, DOCKER), why: '' },
  // From a file that an earlier step writes over, and in another syntax.
  {
    group: 'kubelet',
    path: '/etc/x.json',
    mode: 0o600,
    content: `{"proxy": "${/http.*/.exec(newKubelet)?.[0] ?? ''}"}`,
    why: '',
  },
  { group: 'runtime', path: '/etc/containerd/certs.d/a/hosts.toml', mode: 0o644, content: 'x = 1\n', why: '' },
];

async function workbench() {
  const world = await standardWorld('apart');
  const { files } = world.machine(NODE);
  files.write(DOCKER, dockerText);
  files.write(KUBELET, kubeletText);
  const { env, calls, collect } = session(world).operator;
  await env.host.run(['systemctl', 'daemon-reload']);
  const inventory = await collect();
  const input = {
    inventory,
    options: optionsFor('apart'),
    conversion: { files: generated, runtimeUnit: 'containerd.service' },
  } as unknown as StepInput;
  await env.host.makeDirectory(planPaths(PLAN).backupDir, 0o700);
  const journal = await openJournal(env.host, PLAN, env.clock);
  const told: string[] = [];
  const { read, act } = contexts({
    env,
    options: optionsFor('apart'),
    contents: Object.fromEntries(generated.map(({ content }) => [sha256(content), content])),
    journal,
    signal: new AbortController().signal,
    report: (text) => void told.push(text),
    warn: (text) => void told.push(text),
    parity: () => undefined,
  });
  const steps = [...writeFile.instances(input, 'kubelet'), ...writeFile.instances(input, 'runtime')];
  const step = (path: string) => {
    const found = steps.find(({ id }) => id === path);
    if (found === undefined) throw new Error(`no step ${path}`);
    return found.params;
  };
  const apply = async (path: string) => {
    const captured = writeFile.captured.parse(JSON.parse(JSON.stringify(await writeFile.capture(read, step(path)))));
    await writeFile.apply(act, step(path), captured);
    await writeFile.verify(read, step(path), captured);
    return captured;
  };
  return { files, read, act, step, steps, apply, calls, told, inventory };
}

test('a secret is put in on the node, and is nowhere but in the file', async () => {
  const { files, read, step, apply, steps, calls, told, inventory } = await workbench();
  expect(step(CONTAINERD).secretsFrom).toEqual([{ path: DOCKER, sha256: sha256(dockerText) }]);
  expect(step('/etc/containerd/certs.d/a/hosts.toml')).not.toHaveProperty('secretsFrom');
  expect((await writeFile.check(read, step(CONTAINERD))).state).toBe('pending');
  await apply(CONTAINERD);
  expect(files.text(CONTAINERD)).toBe(dockerText);
  expect(files.entry(CONTAINERD)?.mode).toBe(0o600);
  expect(await writeFile.check(read, step(CONTAINERD))).toEqual({ state: 'done' });
  expect(JSON.stringify([steps, calls, told, inventory])).not.toMatch(/hunter2|s3cret/);
});

test('a file that holds its secret itself is known as written, and as what it was', async () => {
  const { files, read, act, step, apply } = await workbench();
  const captured = await apply(KUBELET);
  expect(files.text(KUBELET)).toBe(kubeletText.replace(' --docker=x', ''));
  // As after a resume: its own former text is kept, and it holds the secret of another step as well.
  expect(await writeFile.check(read, step(KUBELET))).toEqual({ state: 'done' });
  await apply('/etc/x.json');
  expect(files.text('/etc/x.json')).toBe('{"proxy": "http://u:s3cret@proxy"}');
  for (const action of writeFile.undo(step(KUBELET), captured)) await undo(act, PLAN, action);
  expect(files.text(KUBELET)).toBe(kubeletText);
  expect((await writeFile.check(read, step(KUBELET))).state).toBe('pending');
});

test('a source that is gone after the capture does no harm', async () => {
  const { files, read, act, step } = await workbench();
  const captured = await writeFile.capture(read, step(CONTAINERD));
  files.remove(DOCKER);
  await writeFile.apply(act, step(CONTAINERD), captured);
  expect(files.text(CONTAINERD)).toBe(dockerText);
  const kept = files.entries().filter(([path]) => path.startsWith(planPaths(PLAN).backupDir));
  expect(kept.map(([, { mode }]) => mode)).toContain(0o600);
  expect(kept.every(([, { type, mode }]) => (type === 'directory' ? mode === 0o700 : mode === 0o600))).toBe(true);
});

test.each([
  [
    'has changed',
    (files: { write(path: string, text: string): void }) => files.write(DOCKER, dockerText.replace('u', 'v')),
  ],
  ['is gone', (files: { remove(path: string): void }) => files.remove(DOCKER)],
] as const)('a source that %s is named before anything is written', async (what, change) => {
  const { files, read, step } = await workbench();
  change(files);
  const failure = await writeFile.capture(read, step(CONTAINERD)).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'failed',
    message: `${DOCKER}, from which ${CONTAINERD} takes a secret, ${what} since the plan was made`,
  });
});

test('only what the runtime reads when it starts makes it start again on the way back', async () => {
  const { step } = await workbench();
  expect(step('/etc/containerd/certs.d/a/hosts.toml').reader).toBeNull();
  const captured = { before: null, newDirectories: [], readerActive: true };
  expect(writeFile.undo(step(CONTAINERD), captured)).toEqual([
    { do: 'remove-file', path: CONTAINERD },
    { do: 'systemctl', verb: 'daemon-reload', units: [] },
    { do: 'systemctl', verb: 'reset-failed', units: ['containerd.service'] },
    { do: 'systemctl', verb: 'restart', units: ['containerd.service'] },
  ]);
});
