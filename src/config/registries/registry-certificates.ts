import type { SettingAnswer } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RegistryCertificates, RuntimeTarget } from '../runtime-intent.js';
import { registryPlace } from './registry-place.js';
import { DOCKER_HUB } from './registry-hosts.js';

const DIRECTORY = '/etc/docker/certs.d/';

/** Where the certificates of a registry go. */
const PLACES: Readonly<Record<RuntimeTarget['kind'], string>> = {
  containerd: '/etc/containerd/certs.d',
  crio: '/etc/containers/certs.d',
  'cri-dockerd': '',
};

export interface CertificatesRead {
  readonly certificates: readonly RegistryCertificates[];
  readonly settings: readonly SettingAnswer[];
  readonly notices: readonly Notice[];
}

/** Docker's certificates of registries, by its own rules: `.crt` are authorities, a `.cert` needs its `.key`, the rest is nothing. */
export function registryCertificates(
  files: Readonly<Record<string, FileFacts>>,
  target: RuntimeTarget,
): CertificatesRead {
  const certificates: RegistryCertificates[] = [];
  const settings: SettingAnswer[] = [];
  const notices: Notice[] = [];
  for (const directory of directoriesOf(files)) {
    const host = hostOfDirectory(directory);
    const names = namesIn(files, directory);
    const path = (name: string): string => `${DIRECTORY}${directory}/${name}`;
    const certs = names.filter((name) => name.endsWith('.cert') && names.includes(partnerOf(name)));
    const found: RegistryCertificates = {
      host,
      ca: names.filter((name) => name.endsWith('.crt')).map(path),
      client: certs.map((name) => ({ cert: path(name), key: path(partnerOf(name)) })),
    };
    let broken = false;
    for (const name of names) {
      const problem = problemOf(name, names, files[path(name)]);
      const answer = { source: path(name), key: name, value: host };
      if (problem !== undefined) {
        broken = true;
        settings.push({ ...answer, outcome: 'refused', target: '', note: problem.reason });
        notices.push({
          gate: 'registries',
          level: 'blocker',
          message: `${path(name)}: ${problem.reason}`,
          fix: problem.fix,
        });
      } else settings.push({ ...answer, ...becomesOf(target, host, name) });
    }
    if (!broken && host !== DOCKER_HUB && found.ca.length + found.client.length > 0) certificates.push(found);
  }
  return { certificates, settings, notices };
}

const directoriesOf = (files: Readonly<Record<string, FileFacts>>): readonly string[] =>
  [
    ...new Set(
      Object.keys(files).flatMap((path) =>
        files[path]?.exists === true && path.startsWith(DIRECTORY)
          ? (/^([^/]+)\/[^/]+$/.exec(path.slice(DIRECTORY.length))?.[1] ?? [])
          : [],
      ),
    ),
  ].sort();

/** `registry.lab_5000_` is how containerd can name it as well. */
const hostOfDirectory = (directory: string): string => directory.replace(/^(.+)_(\d+)_$/, '$1:$2');

const namesIn = (files: Readonly<Record<string, FileFacts>>, directory: string): readonly string[] =>
  Object.keys(files)
    .filter((path) => files[path]?.exists === true && path.startsWith(`${DIRECTORY}${directory}/`))
    .map((path) => path.slice(DIRECTORY.length + directory.length + 1))
    .filter((name) => /\.(?:crt|cert|key)$/.test(name))
    .sort();

const partnerOf = (name: string): string =>
  name.endsWith('.cert') ? name.replace(/\.cert$/, '.key') : name.replace(/\.key$/, '.cert');

function problemOf(
  name: string,
  names: readonly string[],
  file: FileFacts | undefined,
): { readonly reason: string; readonly fix: string } | undefined {
  const partner = partnerOf(name);
  if (!name.endsWith('.crt') && !names.includes(partner)) {
    const reason = name.endsWith('.cert')
      ? `it has no ${partner} beside it, without which Docker pulls nothing from this registry; authorities end in .crt`
      : `it has no ${partner} beside it, without which Docker pulls nothing from this registry`;
    return { reason, fix: `put ${partner} beside it, or take ${name} away, and plan again` };
  }
  if (file?.whole === true) return undefined;
  return {
    reason: 'it is no text in PEM, too long, or no regular file, and cannot be copied',
    fix: `put the PEM text in the place of ${name}, and plan again`,
  };
}

function becomesOf(
  runtime: RuntimeTarget,
  host: string,
  name: string,
): Pick<SettingAnswer, 'outcome' | 'target' | 'note'> {
  if (host === DOCKER_HUB) {
    const note = "Docker itself does not look here for Docker Hub, which it trusts by the system's certificates";
    return { outcome: 'not-needed', target: '', note };
  }
  const { kind } = runtime;
  if (kind === 'cri-dockerd') return { outcome: 'not-needed', target: '', note: 'Docker goes on reading it' };
  const place = `${PLACES[kind]}/${host}`;
  const as = name.endsWith('.crt') ? 'ca' : 'client';
  if (kind === 'crio') {
    return { outcome: 'converted', target: `${place}/${name}`, note: 'CRI-O reads it there when Docker is gone' };
  }
  const note =
    as === 'ca' ? 'containerd trusts this registry by it' : 'containerd shows it to this registry, as Docker does';
  return { outcome: 'converted', target: `${registryPlace(runtime, host)} ${as}`, note };
}
