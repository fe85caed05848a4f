import type { TomlTable } from 'smol-toml';
import type { ConfigProblem } from './containerd-config.js';
import { stringAt, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';

const DEFAULT_CONFIG_PATH = '/etc/containerd/certs.d';
const LEGACY = ['auths', 'configs', 'headers', 'mirrors'];

/** The `registry` table to write, from the one that is there: its old style and `config_path` exclude each other. */
export function containerdRegistry(
  path: string,
  existing: TomlTable | undefined,
): { readonly registry: TomlTable; readonly problems: readonly ConfigProblem[] } {
  const secret = secretTable(existing);
  if (secret !== undefined) {
    const message = `${path} holds a password or token in registry.${secret}, and plans carry no secrets`;
    const fix = `move it to imagePullSecrets or /var/lib/kubelet/config.json, take registry.${secret} out, and plan again`;
    return { registry: {}, problems: [{ level: 'blocker', message, fix }] };
  }
  const kept = Object.fromEntries(
    Object.entries(existing ?? {}).filter(
      ([key, value]) => !(LEGACY.includes(key) && isTable(value) && isEmpty(value)),
    ),
  );
  const old = ['mirrors', 'configs'].filter((key) => key in kept);
  if (old.length === 0) {
    const configured = stringAt(existing, 'config_path') ?? '';
    return { registry: { ...kept, config_path: configured === '' ? DEFAULT_CONFIG_PATH : configured }, problems: [] };
  }
  const names = old.map((key) => `registry.${key}`).join(' and ');
  const message = `${path} keeps ${names}, so that config_path is left out: containerd does not start its CRI plugin with both`;
  const fix = `later, move ${names} to hosts.toml files under ${DEFAULT_CONFIG_PATH}`;
  delete kept['config_path'];
  return { registry: kept, problems: [{ level: 'warning', message, fix }] };
}

const isEmpty = (table: TomlTable): boolean => Object.keys(table).length === 0;

const isSet = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Where in the registry settings a credential is, if one is. */
function secretTable(registry: TomlTable | undefined): string | undefined {
  for (const [host, config] of Object.entries(tableAt(registry, 'configs') ?? {})) {
    const auth = isTable(config) ? tableAt(config, 'auth') : undefined;
    if (auth !== undefined && Object.values(auth).some(isSet)) return `configs."${host}".auth`;
  }
  for (const [host, auth] of Object.entries(tableAt(registry, 'auths') ?? {})) {
    if (isTable(auth) && Object.values(auth).some(isSet)) return `auths."${host}"`;
  }
  const headers = Object.keys(tableAt(registry, 'headers') ?? {});
  return headers.some((name) => /auth|token|key|cookie/i.test(name)) ? 'headers' : undefined;
}
