import type { Path } from '../../manifests/place.js';
import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';
import { isDaemonKey, isDistinctDaemonKey } from './daemon-key.js';
import { isRecord } from './is-record.js';

export interface DaemonConfig {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** Where Ansible's roles and others keep it inside of a document of their own. */
const HOLDERS = /^docker_?(?:daemon_?)?(?:options|config|json|settings|daemon)$|^daemon[._]json$/i;

/** The configuration of a Docker daemon that a document is or holds, recognised by its keys. */
export function daemonConfig(view: ObjectView): DaemonConfig | undefined {
  const { value, path } = view;
  if (!isRecord(value) || apiVersionOf(view) !== '') return undefined;
  if (isDaemonConfig(value)) return { settings: value, path };
  for (const [key, item] of Object.entries(value)) {
    if (HOLDERS.test(key) && isRecord(item) && isDaemonConfig(item)) return { settings: item, path: [...path, key] };
  }
  return undefined;
}

/** dockerd refuses a key that it does not know, so that one stranger at most is a key too new for this list. */
function isDaemonConfig(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  const strangers = keys.filter((key) => !isDaemonKey(key)).length;
  const distinct = keys.filter(isDistinctDaemonKey).length + Number(listens(value)) + Number(hasRuntimes(value));
  return strangers === 0 ? distinct > 0 : strangers === 1 && distinct > 1;
}

/** On the network; a daemon that listens nowhere else than on its own socket needs no word. */
const listens = ({ hosts }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(hosts) && hosts.some((host) => typeof host === 'string' && host.startsWith('tcp://'));

const hasRuntimes = ({ runtimes }: Readonly<Record<string, unknown>>): boolean =>
  isRecord(runtimes) &&
  Object.values(runtimes).some((runtime) => isRecord(runtime) && ('path' in runtime || 'runtimeType' in runtime));
