import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RegistryIntent } from '../runtime-intent.js';
import { stringAt } from '../text/toml-document.js';
import { hostsInNets } from '../registries/insecure-hosts.js';
import { isTable } from '../text/toml-writer.js';
import type { Version } from '../version.js';
import { crioNotice } from './crio-notice.js';
import { registriesSources, type RegistriesSource } from './registries-sources.js';
import { writeSections, type TomlSection } from './write-sections.js';

export const REGISTRIES_DROP_IN = '/etc/containers/registries.conf.d/10-docker-migration.conf';

const DOCKER_HUB = 'docker.io';

export interface RegistriesConf {
  /** Empty where there is nothing to say. */
  readonly content: string;
  /** Somebody lets short names be looked for in several registries, Docker Hub the first of them. */
  readonly severalSearched: boolean;
  readonly notices: readonly Notice[];
}

/** The registries as Docker knows them: short names are Docker Hub's, mirrors are of Docker Hub alone. */
export function registriesConf(
  intent: RegistryIntent,
  files: Readonly<Record<string, FileFacts>>,
  version: Version,
): RegistriesConf {
  const { sources, notices } = registriesSources(files, REGISTRIES_DROP_IN);
  const search = searchOf(sources, version);
  const mirrors = mirrorSections(intent, sources);
  const insecure = insecureSections(intent, sources);
  const top: TomlSection[] = search.write
    ? [{ header: '', entries: [['unqualified-search-registries', [DOCKER_HUB]]] }]
    : [];
  return {
    content: writeSections([...top, ...mirrors.sections, ...insecure.sections]),
    severalSearched: search.several,
    notices: [...notices, ...search.notices, ...mirrors.notices, ...insecure.notices],
  };
}

/** Left as it is where somebody has set it; what that means for short names is said. */
function searchOf(
  sources: readonly RegistriesSource[],
  { minor }: Version,
): { readonly write: boolean; readonly several: boolean; readonly notices: readonly Notice[] } {
  const said = sources.findLast(({ search }) => search !== undefined);
  const names = (said?.search ?? []).map((name) => name.replace(/\/+$/, ''));
  if (said === undefined || names.length === 0) {
    // An empty list in a file that is read later would take ours back.
    const erased = said !== undefined && said.path > REGISTRIES_DROP_IN && said.path.includes('.conf.d/');
    return { write: !erased, several: false, notices: erased ? [noHub(said.path)] : [] };
  }
  if (names[0] === DOCKER_HUB && names.length === 1) return { write: false, several: false, notices: [] };
  if (!names.includes(DOCKER_HUB)) return { write: false, several: false, notices: [noHub(said.path)] };
  const others = names.filter((name) => name !== DOCKER_HUB).join(', ');
  const mode = sources.findLast(({ shortNameMode }) => shortNameMode !== undefined)?.shortNameMode;
  const fix = `leave ${DOCKER_HUB} alone in unqualified-search-registries of ${said.path}, or write images with their registry`;
  const first = names[0] === DOCKER_HUB;
  const enforced = mode === 'enforcing' && minor < 34;
  if (enforced || (minor >= 34 && !first)) {
    const message = `${said.path} looks for short names in ${others} besides ${DOCKER_HUB}, and CRI-O refuses a name without a registry where there are several`;
    return { write: false, several: false, notices: [crioNotice('blocker', message, fix)] };
  }
  const order = first ? 'after' : 'before';
  const message = `${said.path} looks for short names in ${others} as well, ${order} ${DOCKER_HUB}; under Docker "nginx" was always ${DOCKER_HUB}/library/nginx`;
  return { write: false, several: first, notices: [crioNotice('warning', message, fix)] };
}

const noHub = (path: string): Notice =>
  crioNotice(
    'blocker',
    `${path} sets unqualified-search-registries without ${DOCKER_HUB}, so that images written without a registry are no longer Docker Hub's`,
    `write ["${DOCKER_HUB}"] there, and plan again`,
  );

interface Sections {
  readonly sections: readonly TomlSection[];
  readonly notices: readonly Notice[];
}

function mirrorSections(
  { mirrors, insecure, insecureNets }: RegistryIntent,
  sources: readonly RegistriesSource[],
): Sections {
  if (mirrors.length === 0) return { sections: [], notices: [] };
  const theirs = entryOf(sources, DOCKER_HUB);
  // Docker verifies nothing that comes from the machine itself.
  const nets = ['127.0.0.0/8', '::1/128', ...insecureNets];
  const isInNets = (host: string): boolean => hostsInNets(nets, [`${host}/x`]).length > 0;
  const located = mirrors.map((mirror) => {
    const [, scheme = 'https', location = mirror] = /^(?:(https?):\/\/)?(.*?)\/*$/.exec(mirror) ?? [];
    const host = location.split('/')[0] ?? '';
    return { location, host, insecure: scheme === 'http' || insecure.includes(host) || isInNets(host) };
  });
  const there = theirs === undefined ? [] : mirrorsOf(theirs.registry);
  const missing = located.filter(({ location }) => !there.includes(location));
  if (theirs !== undefined && missing.length > 0) {
    const message = `${theirs.path} has an entry for ${DOCKER_HUB}, which is kept; ${missing.length === 1 ? 'the mirror' : 'the mirrors'} ${missing.map(({ location }) => location).join(', ')} of Docker ${missing.length === 1 ? 'is' : 'are'} not in it`;
    return { sections: [], notices: [crioNotice('warning', message, `add what is missing to ${theirs.path}`)] };
  }
  if (theirs !== undefined) return { sections: [], notices: [] };
  const hub: TomlSection = {
    header: '[[registry]]',
    entries: [
      ['prefix', DOCKER_HUB],
      ['location', DOCKER_HUB],
    ],
  };
  const tables = located.map(({ location, insecure: isInsecure }): TomlSection => ({
    header: '[[registry.mirror]]',
    entries: [['location', location], ...insecureEntry(isInsecure)],
  }));
  return { sections: [hub, ...tables], notices: [] };
}

function insecureSections({ insecure }: RegistryIntent, sources: readonly RegistriesSource[]): Sections {
  const notices: Notice[] = [];
  const sections = [...new Set(insecure)].flatMap((host): TomlSection[] => {
    const theirs = entryOf(sources, host);
    if (theirs === undefined) {
      return [{ header: '[[registry]]', entries: [['location', host], ...insecureEntry(true)] }];
    }
    if (theirs.registry['insecure'] !== true) {
      const message = `${theirs.path} has an entry for ${host} that is not insecure, and Docker pulls from it without verification`;
      notices.push(crioNotice('blocker', message, `set insecure = true for it there, and plan again`));
    }
    return [];
  });
  return { sections, notices };
}

/** The entry that counts for a registry: the last file's, and the first in it. */
function entryOf(
  sources: readonly RegistriesSource[],
  name: string,
): { readonly path: string; readonly registry: TomlTable } | undefined {
  for (const { path, registries } of sources.toReversed()) {
    const registry = registries.find((one) => prefixOf(one) === name);
    if (registry !== undefined) return { path, registry };
  }
  return undefined;
}

const prefixOf = (registry: TomlTable): string =>
  (stringAt(registry, 'prefix') ?? stringAt(registry, 'location') ?? '').replace(/\/+$/, '');

function mirrorsOf(registry: TomlTable): readonly string[] {
  const mirrors = registry['mirror'];
  const tables = Array.isArray(mirrors) ? mirrors.filter((one): one is TomlTable => isTable(one)) : [];
  return tables.map((mirror) => (stringAt(mirror, 'location') ?? '').replace(/\/+$/, ''));
}

const insecureEntry = (isInsecure: boolean): readonly (readonly [string, boolean])[] =>
  isInsecure ? [['insecure', true]] : [];
