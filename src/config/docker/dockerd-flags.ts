import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import { groupFlags } from '../text/group-flags.js';
import { splitWords } from '../text/split-words.js';
import { parseUnitFile } from '../text/unit-file.js';

/** Flags that daemon.json spells otherwise. */
const KEYS: Readonly<Record<string, string>> = {
  H: 'hosts',
  D: 'debug',
  l: 'log-level',
  s: 'storage-driver',
  g: 'data-root',
  G: 'group',
  b: 'bridge',
  'add-runtime': 'runtimes',
  'authorization-plugin': 'authorization-plugins',
  'cdi-spec-dir': 'cdi-spec-dirs',
  'default-address-pool': 'default-address-pools',
  'default-ulimit': 'default-ulimits',
  'dns-opt': 'dns-opts',
  'exec-opt': 'exec-opts',
  feature: 'features',
  host: 'hosts',
  'http-proxy': 'proxies',
  'https-proxy': 'proxies',
  'insecure-registry': 'insecure-registries',
  label: 'labels',
  'log-opt': 'log-opts',
  'no-proxy': 'proxies',
  'registry-mirror': 'registry-mirrors',
  'storage-opt': 'storage-opts',
};

/** Say how dockerd is started, and nothing on containers. */
const OF_THE_DAEMON = new Set(['config-file', 'validate', 'p', 'tlsverify']);

/** What docker.service tells dockerd on its command line, by the keys of daemon.json, each value as a list; and where. */
export function dockerdFlags(
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): { readonly path: string; readonly settings: Readonly<Record<string, readonly string[]>> } | undefined {
  const commands = (unit === undefined ? [] : [unit.fragmentPath, ...unit.dropInPaths]).flatMap((path) =>
    parseUnitFile(files[path]?.content ?? '')
      .filter(({ section, key, value }) => section === 'Service' && key === 'ExecStart' && value !== '')
      .map(({ value }) => ({ path, value })),
  );
  const command = commands.at(-1);
  const words = splitWords(command?.value ?? '');
  if (command === undefined || !words.ok) return undefined;
  const settings: Record<string, string[]> = {};
  for (const { name, value } of groupFlags(words.value.map((word) => word.value))) {
    if (name === undefined || OF_THE_DAEMON.has(name) || value === 'false') continue;
    const key = KEYS[name] ?? name;
    settings[key] = [...(settings[key] ?? []), value ?? 'true'];
  }
  return { path: command.path, settings };
}
