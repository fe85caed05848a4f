import type { CrioFacts } from '../../core/inventory.js';
import { CRIO_ENDPOINT, sameEndpoint } from '../kubelet/kubelet-endpoint.js';
import { parseToml, stringAt, tableAt } from '../text/toml-document.js';

const CONFIG = '/etc/crio/crio.conf';

/** Where CRI-O listens, by its own reading of its configuration, and the first file of that configuration. */
export function crioService(crio: Pick<CrioFacts, 'configPath' | 'effectiveConfig'> | undefined): {
  readonly endpoint: string;
  readonly configPath: string;
} {
  const configPath = crio?.configPath ?? CONFIG;
  const effective = parseToml(crio?.effectiveConfig ?? '');
  const listen = effective.ok ? (stringAt(tableAt(effective.value, 'crio', 'api'), 'listen') ?? '') : '';
  if (listen === '' || sameEndpoint(listen, CRIO_ENDPOINT)) return { endpoint: CRIO_ENDPOINT, configPath };
  return { endpoint: listen.startsWith('unix://') ? listen : `unix://${listen}`, configPath };
}
