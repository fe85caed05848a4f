import { MigrateError, messageOf } from '../core/errors.js';
import { planPaths } from '../core/node-paths.js';
import type { ActContext } from '../core/step.js';
import type { UndoAction } from '../core/undo.js';
import { PODS_BY_FORCE } from './pods-by-force.js';

const READY_DEADLINE_MS = 300_000;
const AFTERWARDS_MS = 1_000;

/** Carries out one action of an undo. All of them may be done twice. Errors: `failed` with what did not go back. */
export async function undo(act: ActContext, planId: string, action: UndoAction): Promise<void> {
  const { host } = act;
  const run = async (argv: readonly string[], timeoutMs: number): Promise<void> => {
    const { code, stderr, stdout } = await host.run(argv, { timeoutMs });
    if (code !== 0)
      throw new MigrateError(
        'failed',
        `${argv.join(' ')} ended with ${code}: ${(stderr || stdout).trim().split('\n').at(-1) ?? ''}`,
      );
  };
  switch (action.do) {
    case 'restore-file': {
      const content = await host.readFile(planPaths(planId).backup(action.sha256));
      if (content === undefined)
        throw new MigrateError('failed', `the backup of ${action.path} is gone from ${host.name}`);
      return host.writeFile(action.path, content, { mode: action.mode, uid: action.uid, gid: action.gid });
    }
    case 'remove-file':
      return host.remove(action.path);
    case 'remove-directory':
      if ((await host.list(action.path)).length === 0) await host.remove(action.path);
      return;
    case 'systemctl':
      // A unit that systemd has no reason to remember has no failure to forget, which it answers with an error.
      if (action.verb === 'reset-failed') return void (await host.run(['systemctl', action.verb, ...action.units]));
      return run(['systemctl', action.verb, ...action.units], 120_000);
    case 'remove-cri-pods':
      return removeCriPods(act, action);
    case 'remove-images':
      if (action.runtime === 'crio') return removeFromCrio(act, action.endpoint, action.refs);
      // Names that are gone already are no failure of ctr's.
      return run([...ctr(action.endpoint), 'images', 'rm', ...action.refs], 120_000);
    case 'drop-docker-tags':
      // One at a time: docker rmi leaves the rest where one is gone already.
      for (const ref of action.refs) await host.run(['docker', 'rmi', '--no-prune', ref], { timeoutMs: 60_000 });
      return;
    case 'start-kubelet':
      return startKubelet(act, action.unit, action.runtime);
    case 'run':
      try {
        return await run(action.argv, action.timeoutMs);
      } catch (error) {
        if (!action.mayFail) throw error;
        act.warn(messageOf(error));
        return;
      }
    case 'set-unschedulable':
      return needsCluster(act, action.value ? 'cordon' : 'uncordon', (kube) =>
        kube.setUnschedulable(act.node, action.value),
      );
    case 'annotate':
      return needsCluster(act, `give the annotation ${action.key} back`, (kube) =>
        kube.annotate(act.node, { [action.key]: action.value }),
      );
  }
}

async function needsCluster(
  act: ActContext,
  what: string,
  ask: (kube: NonNullable<ActContext['kube']>) => Promise<void>,
): Promise<void> {
  if (act.kube === undefined)
    throw new MigrateError('unreachable', `the API server is away: ${what} of ${act.node} is left to do`);
  await ask(act.kube);
}

const ctr = (endpoint: string): string[] => [
  'ctr',
  '--address',
  endpoint.replace(/^unix:\/\//, ''),
  '--namespace',
  'k8s.io',
];

type RemovePods = Extract<UndoAction, { readonly do: 'remove-cri-pods' }>;

/** A runtime that is down runs no pods; stopping the unit that serves it is another action. */
async function removeCriPods(act: ActContext, { runtime, endpoint, namespace }: RemovePods): Promise<void> {
  const cri = await act.cri(endpoint).catch((error: unknown) => {
    act.warn(`the pods at ${endpoint} could not be looked at: ${messageOf(error)}`);
    return undefined;
  });
  if (cri === undefined) return;
  await withClosing(cri, async () => {
    const { sandboxes, containers } = await cri.facts();
    const ours = sandboxes.filter((sandbox) => namespace === undefined || sandbox.namespace === namespace);
    await Promise.all(
      ours.map(async ({ id }) => {
        try {
          await cri.removeSandbox(id);
        } catch (error) {
          act.warn(`${messageOf(error)}; its network may not have been given back`);
          const inside = containers.filter(({ sandboxId }) => sandboxId === id).map((container) => container.id);
          await removeByForce(act, { runtime, endpoint }, [...inside, id]);
          // With its processes gone CRI-O may be able to let go of the rest.
          if (runtime === 'crio') await cri.removeSandbox(id, AFTERWARDS_MS).catch(() => undefined);
        }
      }),
    );
  });
}

/** Past the CRI, which keeps a sandbox whose network it cannot take down, and with it the processes. */
async function removeByForce(
  { host }: ActContext,
  { runtime, endpoint }: Pick<RemovePods, 'runtime' | 'endpoint'>,
  ids: readonly string[],
): Promise<void> {
  if (runtime !== 'containerd') {
    const script = `${PODS_BY_FORCE}end_crio_pods '' "$@"`;
    const argv = runtime === 'crio' ? ['sh', '-c', script, 'by-force', ...ids] : ['docker', 'rm', '--force', ...ids];
    const { code, stderr } = await host.run(argv, { timeoutMs: 60_000 });
    if (code !== 0) throw new MigrateError('failed', `the containers of a pod cannot be ended: ${stderr.trim()}`);
    return;
  }
  for (const id of ids) {
    await host.run([...ctr(endpoint), 'tasks', 'rm', '--force', id], { timeoutMs: 30_000 });
    const removed = await host.run([...ctr(endpoint), 'containers', 'rm', id], { timeoutMs: 30_000 });
    if (removed.code !== 0)
      throw new MigrateError('failed', `the container ${id} cannot be removed: ${removed.stderr.trim()}`);
  }
}

/**
 * By the CRI, which here takes the one name away, and the image with its last one. Names that a CRI-O keeps which does not
 * answer take up room and nothing else: no reason to leave a node half way.
 */
async function removeFromCrio(act: ActContext, endpoint: string, refs: readonly string[]): Promise<void> {
  const keeps = (names: readonly string[], error: unknown): void =>
    names.forEach((name) => act.warn(`CRI-O keeps the name ${name}: ${messageOf(error)}`));
  const cri = await act.cri(endpoint).catch((error: unknown) => void keeps(refs, error));
  if (cri === undefined) return;
  await withClosing(cri, async () => {
    for (const ref of refs) await cri.removeImage(ref).catch((error: unknown) => keeps([ref], error));
  });
}

async function withClosing<T extends { close(): Promise<void> }>(
  client: T,
  use: (client: T) => Promise<void>,
): Promise<void> {
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

async function heartbeat(act: ActContext): Promise<{ runtime: string; ready: boolean; at: string } | undefined> {
  const node = await act.kube?.node(act.node).catch(() => undefined);
  const ready = node?.conditions.find(({ type }) => type === 'Ready');
  if (node === undefined || ready === undefined) return undefined;
  return { runtime: node.runtimeVersion, ready: ready.status === 'True', at: ready.lastHeartbeatTime };
}

/** Ready counts when the kubelet said so after it was started: the API server keeps what the last one said for a while. */
async function startKubelet(act: ActContext, unit: string, runtime: string): Promise<void> {
  const { host, clock } = act;
  const before = await heartbeat(act);
  await host.run(['systemctl', 'reset-failed', unit]);
  const started = await host.run(['systemctl', 'restart', unit], { timeoutMs: 120_000 });
  if (started.code !== 0) throw new MigrateError('failed', `${unit} does not start: ${started.stderr.trim()}`);
  if (act.kube === undefined) {
    act.warn(`the API server is away: that ${act.node} is Ready on ${runtime} was not seen`);
    return;
  }
  const deadline = clock.now().getTime() + READY_DEADLINE_MS;
  for (;;) {
    const now = await heartbeat(act);
    if (now?.ready === true && now.runtime.startsWith(runtime) && now.at !== before?.at) return;
    if (clock.now().getTime() >= deadline) {
      throw new MigrateError(
        'timeout',
        `${act.node} was not Ready on ${runtime} within ${READY_DEADLINE_MS / 1000} s; it reports ${now?.runtime ?? 'nothing'}`,
      );
    }
    act.report(`waiting for ${act.node} to be Ready on ${runtime}`);
    await clock.sleep(250);
  }
}
