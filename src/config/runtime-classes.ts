import type { ProposedManifest } from '../core/conversion.js';
import type { RuntimeClassFacts } from '../core/inventory.js';
import type { Version } from './version.js';

/** All that a RuntimeClass may name: a handler that is called otherwise cannot be asked for. */
const HANDLER = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * A RuntimeClass for every handler but runc that the cluster has none for; none where its RuntimeClasses are not known.
 * dockershim ran nothing but Docker's default runtime, so that no pod on it can have had another one.
 */
export function missingRuntimeClasses(
  handlers: readonly string[],
  existing: readonly RuntimeClassFacts[] | undefined,
  kubelet?: Version,
): readonly ProposedManifest[] {
  if (existing === undefined) return [];
  const apiVersion = kubelet !== undefined && kubelet.minor < 20 ? 'node.k8s.io/v1beta1' : 'node.k8s.io/v1';
  return [...new Set(handlers)]
    .filter((handler) => handler !== 'runc' && HANDLER.test(handler))
    .filter((handler) => !existing.some((one) => one.handler === handler))
    .map((handler) => {
      // A class of that name with another handler would be replaced.
      const name = existing.some((one) => one.name === handler) ? `${handler}-runtime` : handler;
      return {
        name,
        content: `apiVersion: ${apiVersion}\nkind: RuntimeClass\nmetadata:\n  name: ${name}\nhandler: ${handler}\n`,
        why: `lets pods ask for the handler ${handler} with runtimeClassName: ${name}; dockershim ran Docker's default runtime only, whatever a pod asked for`,
      };
    });
}
