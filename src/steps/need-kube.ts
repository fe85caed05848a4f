import { MigrateError } from '../core/errors.js';
import type { KubeApi, KubeReader } from '../core/ports.js';
import type { ActContext, ReadContext } from '../core/step.js';

/** The cluster's API, for steps that make no sense without it. Errors: `unreachable`. */
export function needKube(context: ActContext): KubeApi;
export function needKube(context: ReadContext): KubeReader;
export function needKube({ kube, node }: ActContext | ReadContext): KubeApi | KubeReader {
  if (kube !== undefined) return kube;
  throw new MigrateError('unreachable', `the API server is needed for this step of ${node} and does not answer`);
}
