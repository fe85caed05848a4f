import type { ConfigPart } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import { proxyDropIn } from './proxy-drop-in.js';
import { PROXY_DROP_IN, SERVICE_DROP_IN } from './runtime-drop-ins.js';
import { serviceDropIn } from './service-drop-in.js';
import { unitEntries } from './unit-entries.js';
import { unitPaths } from './unit-paths.js';

export interface ServicePartInput {
  readonly intent: RuntimeIntent;
  /** `containerd.service`. */
  readonly runtimeUnit: string;
  /** Of the runtime; undefined where systemd was not asked. */
  readonly unit: UnitFacts | undefined;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly target: RuntimeTarget;
}

/**
 * Drop-ins of the runtime's unit: the proxies, and what else Docker's unit and its limits had for containers. What the unit
 * says already is not said again, and what an administrator's drop-in says later stays.
 */
export function servicePart({ intent, runtimeUnit, unit, files, target }: ServicePartInput): ConfigPart {
  // cri-dockerd pulls nothing itself, and Docker keeps its own unit.
  if (target.kind === 'cri-dockerd') return { files: [], notices: [], settings: [] };
  const directory = `/etc/systemd/system/${runtimeUnit}.d`;
  const proxyPath = `${directory}/${PROXY_DROP_IN}`;
  const servicePath = `${directory}/${SERVICE_DROP_IN}`;
  // Ours of an earlier run is written anew.
  const known = unit === undefined || unit.loadState === 'not-found' ? undefined : unit;
  const paths = unitPaths(runtimeUnit, files, known).filter((path) => path !== servicePath);
  const entries = unitEntries(paths, files);
  const parts = [
    proxyDropIn({ proxies: intent.proxies, path: proxyPath, entries, files }),
    serviceDropIn({ intent, target, path: servicePath, entries, runtimeUnit }),
  ];
  return {
    files: parts.flatMap((part) => part.files),
    notices: parts.flatMap((part) => part.notices),
    settings: [],
  };
}
