import type { ConfigPart, GeneratedFile, SettingAnswer } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { JsonObject } from '../text/strict-json.js';
import { isWholeFile, notWhole } from '../whole-file.js';
import { dockerLogin, type DockerLogin } from './docker-login.js';
import { loginAnswers } from './login-answers.js';
import { loginNotices } from './login-notices.js';
import { registryKey } from './registry-key.js';

export interface CredentialsInput {
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly kubelet: KubeletFacts | undefined;
}

/** Of `docker login` by root, the newer form first: where it is, the older one does not count. */
const LOGINS = ['/root/.docker/config.json', '/root/.dockercfg'] as const;

/**
 * Credentials of registries, brought to where the kubelet looks for them whatever its environment is; what its own file says
 * already stays and counts. Neither containerd's nor CRI-O's configuration holds any.
 */
export function credentialsPart({
  files,
  kubelet,
}: CredentialsInput): ConfigPart & { readonly credentialsFile: string | undefined } {
  const path = `${(kubelet?.flags['root-dir'] ?? '/var/lib/kubelet').replace(/\/+$/, '')}/config.json`;
  const existing = files[path]?.exists === true ? files[path] : undefined;
  const own = existing === undefined ? undefined : path;
  const source = LOGINS.find((login) => files[login]?.exists === true);
  const file = source === undefined ? undefined : files[source];
  const none = { files: [], notices: [], settings: [], credentialsFile: own };
  if (source === undefined || file === undefined) return none;

  const refused = (notice: Omit<Notice, 'gate'>) => ({ ...none, notices: [{ gate: 'credentials', ...notice }] });
  for (const [one, facts] of [
    [source, file] as const,
    ...(existing === undefined ? [] : [[path, existing] as const]),
  ]) {
    if (!isWholeFile(facts)) return refused(notWhole(one));
  }
  const login = dockerLogin(file, source.endsWith('.dockercfg'));
  if (!login.ok) return refused(unreadable(source, login.line, login.reason));
  const kept = existing === undefined ? undefined : dockerLogin(existing, false);
  if (kept?.ok === false) return refused(unreadable(path, kept.line, kept.reason));

  // A kubelet with root's home finds the file by itself, unless it has one of its own.
  const found = kubelet?.environment['HOME'] === '/root' && own === undefined;
  const auths = found ? {} : newEntries(login.value, kept?.value);
  const generated = Object.keys(auths).length === 0 ? [] : [merged(path, kept?.value, auths, source)];
  const settings: readonly SettingAnswer[] = loginAnswers({ source, path, login: login.value, auths, found });
  return {
    files: generated,
    notices: loginNotices(source, login.value),
    settings,
    credentialsFile: generated.length > 0 ? path : found ? source : own,
  };
}

type Entries = Readonly<Record<string, JsonObject>>;

/** Those of which the kubelet can make something, and has nothing yet. */
function newEntries({ auths }: DockerLogin, kept: DockerLogin | undefined): Entries {
  const there = new Set(Object.keys(kept?.auths ?? {}).map(registryKey));
  return Object.fromEntries(
    Object.entries(auths).filter(([registry, entry]) => isUsable(entry) && !there.has(registryKey(registry))),
  );
}

/** The kubelet reads `auth`, or `username` and `password`; beside a token, these are not the true ones. */
const isUsable = (entry: JsonObject): boolean =>
  !isSaid(entry['identitytoken']) &&
  !isSaid(entry['registrytoken']) &&
  (isSaid(entry['auth']) || isSaid(entry['username']));

const isSaid = (value: unknown): boolean => typeof value === 'string' && value !== '';

function merged(path: string, kept: DockerLogin | undefined, auths: Entries, source: string): GeneratedFile {
  const content = { ...kept?.others, auths: { ...kept?.auths, ...auths } };
  return {
    group: 'runtime',
    path,
    // The kubelet runs as root, and nobody else is to read it.
    mode: 0o600,
    content: `${JSON.stringify(content, undefined, 2)}\n`,
    why: `credentials of registries from ${source}, where the kubelet finds them for pulls by any runtime`,
  };
}

const unreadable = (path: string, line: number, reason: string): Omit<Notice, 'gate'> => ({
  level: 'blocker',
  message: `${path} cannot be read: line ${line}: ${reason}`,
  fix: `mend line ${line} and plan again`,
});
