import type { TomlTable } from 'smol-toml';
import type { ConfigPart, GeneratedFile } from '../../core/conversion.js';
import type { CrioFacts, FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { parseToml, stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';
import { parseVersion, type Version } from '../version.js';
import { crioHandlers } from './crio-handlers.js';
import { crioNotice } from './crio-notice.js';
import { crioOverrides } from './crio-overrides.js';
import { crioSettings } from './crio-settings.js';
import { crioSources, type CrioSources } from './crio-sources.js';
import { crioStorage } from './crio-storage.js';
import { imagePolicy } from './image-policy.js';
import { registriesConf, REGISTRIES_DROP_IN } from './registries-conf.js';
import { registryCertificatesCopy } from './registry-certificates-copy.js';
import { headerKey, writeSections, type TomlSection } from './write-sections.js';

export interface CrioPartInput {
  readonly intent: RuntimeIntent;
  readonly crio: Pick<CrioFacts, 'version' | 'configPath' | 'configDir' | 'effectiveConfig'>;
  /** Of the node, by path; empty for a conversion without a node. */
  readonly files: Readonly<Record<string, FileFacts>>;
}

const DROP_IN = '10-docker-migration.conf';
const NETS_DROP_IN = '10-docker-migration-insecure.conf';
/** In the order of CRI-O's own configuration. */
const TABLES = ['runtime', 'image', 'network', 'metrics', 'nri'] as const;

/** CRI-O's drop-in and the files of containers/image beside it, as Docker and the kubelet are set. */
export function crioPart({ intent, crio, files }: CrioPartInput): ConfigPart {
  const version = parseVersion(crio.version);
  if (version === undefined || version.major !== 1) {
    const message = `CRI-O's version reads "${crio.version}"`;
    return {
      files: [],
      notices: [crioNotice('blocker', message, 'see what `crio --version` says on the node')],
      settings: [],
    };
  }
  const path = `${crio.configDir}/${DROP_IN}`;
  const netsPath = `${crio.configDir}/${NETS_DROP_IN}`;
  const sources = crioSources(crio, files, [path, netsPath]);
  const effective = effectiveTable(crio.effectiveConfig);
  const registries = registriesConf(intent.registries, files, version);
  const { severalSearched } = registries;
  const { tables, notices } = crioSettings({ intent, version, sources, severalSearched });
  const storage = crioStorage(intent, sources, files);
  const handlers = crioHandlers({ intent, version, sources, effective });
  const config: TomlTable = {
    crio: { ...storage.table, ...tables, runtime: { ...tables.runtime, runtimes: handlers.handlers } },
  };
  const nets = insecureNets(intent, version, sources);
  const parts = [
    { files: nets === '' ? [] : [dropIn(netsPath, nets, NETS_WHY)], notices: [] },
    { files: registriesFile(registries.content), notices: registries.notices },
    imagePolicy(sources, files),
    { files: registryCertificatesCopy(intent.registries.certificates, files), notices: [] },
  ];
  const main = dropIn(
    path,
    writeSections(sectionsOf(config)),
    `CRI-O ${crio.version} as Docker and the kubelet are set`,
  );
  return {
    files: [main, ...parts.flatMap((part) => part.files)],
    notices: [
      ...sources.notices,
      ...crioOverrides(config, sources, files, path),
      ...storage.notices,
      ...handlers.notices,
      ...notices,
      ...defaultRuntime(intent, version, sources, effective),
      ...parts.flatMap((part) => part.notices),
    ],
    settings: [],
  };
}

const NETS_WHY = 'the networks whose registries Docker does not verify, which only this key can name';

const dropIn = (path: string, content: string, why: string): GeneratedFile => ({
  group: 'runtime',
  path,
  mode: 0o644,
  content,
  why,
});

const registriesFile = (content: string): readonly GeneratedFile[] =>
  content === ''
    ? []
    : [dropIn(REGISTRIES_DROP_IN, content, "short names, mirrors and insecure registries as Docker's")];

function effectiveTable(text: string | undefined): TomlTable | undefined {
  const parsed = text === undefined ? undefined : parseToml(text);
  return parsed?.ok === true ? parsed.value : undefined;
}

function sectionsOf({ crio }: TomlTable): readonly TomlSection[] {
  const root = isTable(crio) ? crio : {};
  const section = (header: string, table: TomlTable): TomlSection[] => {
    const entries = Object.keys(table)
      .filter((key) => !isTable(table[key]))
      .sort()
      .flatMap((key) => (table[key] === undefined ? [] : [[key, table[key]] as const]));
    return entries.length === 0 ? [] : [{ header: `[${header}]`, entries }];
  };
  const handlers = tableAt(root, 'runtime', 'runtimes') ?? {};
  return [
    ...section('crio', root),
    ...TABLES.flatMap((name) => [
      ...section(`crio.${name}`, tableAt(root, name) ?? {}),
      ...(name === 'runtime'
        ? Object.keys(handlers)
            .sort()
            .flatMap((handler) =>
              section(`crio.runtime.runtimes.${headerKey(handler)}`, tableAt(handlers, handler) ?? {}),
            )
        : []),
    ]),
  ];
}

/**
 * containers/image knows registries by their names only; CRI-O has a key for networks, which it heeds up to 1.34. It has a
 * file of its own, to be taken away with the upgrade to 1.35.
 */
function insecureNets(
  { registries: { insecureNets: nets } }: RuntimeIntent,
  { minor }: Version,
  sources: CrioSources,
): string {
  if (nets.length === 0 || minor >= 35) return '';
  const theirs = stringsAt(tableAt(sources.merged, 'crio', 'image'), 'insecure_registries');
  const values = [...new Set([...theirs, ...nets])];
  return writeSections([{ header: '[crio.image]', entries: [['insecure_registries', values]] }]);
}

/** Its default is crun from 1.31 on, in a package's drop-in before that too. */
function defaultRuntime(
  { defaultRuntime: wanted, handlers }: RuntimeIntent,
  { minor }: Version,
  sources: CrioSources,
  effective: TomlTable | undefined,
): readonly Notice[] {
  const said = [sources.merged, effective].map((table) =>
    stringAt(tableAt(table, 'crio', 'runtime'), 'default_runtime'),
  );
  const found = said.find((name) => name !== undefined && name !== '') ?? (minor >= 31 ? 'crun' : 'runc');
  if (wanted === 'runc') {
    if (found === 'runc') return [];
    const message = `CRI-O runs pods by ${found} unless they name a handler, where Docker ran them by runc`;
    return [
      crioNotice('warning', message, 'set default_runtime = "runc" in a later drop-in if they are to stay with it'),
    ];
  }
  const known = [sources.merged, effective].some(
    (table) => tableAt(table, 'crio', 'runtime', 'runtimes', wanted) !== undefined,
  );
  if (known || handlers.some(({ name }) => name === wanted)) return [];
  const message = `Docker's default runtime ${wanted} is none that CRI-O would know`;
  return [crioNotice('blocker', message, `add ${wanted} to runtimes of daemon.json, or take it out as the default`)];
}
