import { probeFacts } from '../config/parity/probe-facts.js';
import { PROBE_SCRIPT } from '../config/parity/probe-script.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { ParityFacts } from '../core/parity.js';
import type { CriApi, SandboxRequest } from '../core/ports.js';
import type { ActContext } from '../core/step.js';
import { PROBE_LOG } from './parity-request.js';
import { withCri } from './with-cri.js';

/** A kubelet ends pods that it does not know, and looks for them every two seconds: a probe takes less than one. */
const ATTEMPTS = 8;

export interface Probe {
  readonly endpoint: string;
  readonly image: string;
  readonly request: SandboxRequest;
}

/** Runs a container through a CRI and tells what it finds around itself. Nothing of it stays. Errors: `failed` with the last reason. */
export async function probeRuntime(act: ActContext, probe: Probe): Promise<ParityFacts> {
  return withCri(act, probe.endpoint, async (cri) => {
    let last: unknown;
    await removeProbe(act, cri, probe.request.namespace);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (act.signal.aborted) throw new MigrateError('interrupted', 'interrupted while a container was looked at');
      try {
        await act.host.makeDirectory(PROBE_LOG.ofContainer, 0o755);
        const facts = await probeOnce(act, cri, probe);
        if (facts !== undefined) return facts;
        last = new MigrateError('failed', `the container at ${probe.endpoint} ended before it could be looked at`);
      } catch (error) {
        if (!(error instanceof MigrateError) || !['failed', 'timeout', 'not-found'].includes(error.code)) throw error;
        last = error;
      } finally {
        await removeProbe(act, cri, probe.request.namespace);
      }
    }
    throw new MigrateError('failed', `${messageOf(last)} (${ATTEMPTS} attempts)`, { cause: last });
  });
}

async function probeOnce(act: ActContext, cri: CriApi, { image, request }: Probe): Promise<ParityFacts | undefined> {
  const { sandboxId, containerId } = await cri.runPod(request, image);
  const status = await cri.container(containerId);
  if (status === undefined) return undefined;
  const script = ['sh', '-c', PROBE_SCRIPT, 'sh', String(status.pid ?? ''), containerId, PROBE_LOG.file];
  const { stdout } = await act.host.run(script, { timeoutMs: 30_000 });
  // A kubelet may have stopped the sandbox under the container, which then finds none of what the sandbox held for it.
  const { sandboxes } = await cri.facts();
  return sandboxes.some(({ id, ready }) => id === sandboxId && ready) ? probeFacts(stdout) : undefined;
}

/** Whatever bears the namespace, also what an earlier run left. The directories go last, the log being in them. */
async function removeProbe({ host }: ActContext, cri: CriApi, namespace: string): Promise<void> {
  const { sandboxes } = await cri.facts();
  for (const { id } of sandboxes.filter((sandbox) => sandbox.namespace === namespace)) await cri.removeSandbox(id);
  for (const path of [PROBE_LOG.file, PROBE_LOG.ofContainer, PROBE_LOG.ofPod]) await host.remove(path);
}
