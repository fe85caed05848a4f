const SLASH = 47;
const DOT = 46;

/**
 * A path on a host as the kernel would read it: one slash, no dots, no trailing slash, `/var/run` as the `/run` it points to on
 * every supported distribution. Windows paths and pipes come in lower case with backslashes; a URL's scheme is dropped.
 */
export function normalHostPath(written: string): string {
  const path = withoutScheme((written.includes('{') ? withDefaults(written) : written).trim());
  if (isWindows(path)) return windowsPath(path);
  const whole = isPlain(path) ? path : joined(path);
  if (whole.startsWith('/var/run') && (whole.length === 8 || whole.charCodeAt(8) === SLASH)) return whole.slice(4);
  return whole;
}

/** `{{ .Values.socket | default "/p" }}`, `{{ default "/p" .Values.socket }}`, Jinja's `default('/p')`, `${SOCKET:-/p}`. */
const DEFAULT =
  /\{\{[^{}]{0,300}?\bdefault[ (]{1,9}(["'`])(?<value>[^"'`{}]{0,300})\1[^{}]{0,300}\}\}|\$\{\w{1,100}:?-(?<other>[^${}]{0,300})\}/g;

/** A template's expression as what it is unless someone says otherwise. */
function withDefaults(written: string): string {
  return written.replace(DEFAULT, (...match: unknown[]) => {
    const { value, other } = match.at(-1) as { value?: string; other?: string };
    return value ?? other ?? '';
  });
}

const PIPE = '\\\\.\\pipe\\docker_engine';

/** `docker.sock` in any directory (a rootless Docker's, one shared by a dockerd in a pod) or Docker's pipe on Windows. */
export function isDockerSocket(normal: string): boolean {
  return normal.endsWith('/docker.sock') || normal === PIPE;
}

/** The path is the directory or stands below it; both normalised. */
export function isInside(path: string, directory: string): boolean {
  if (!path.startsWith(directory)) return false;
  if (path.length === directory.length) return true;
  return /[/\\]$/.test(directory) || path[directory.length] === '/' || path[directory.length] === '\\';
}

/** `npipe:////./pipe/docker_engine` keeps the slashes behind the two that belong to the scheme. */
function withoutScheme(path: string): string {
  const match = /^(?:unix|file|npipe):\/\//i.exec(path);
  if (match !== null) return path.slice(match[0].length);
  return /^(?:unix|file):(?=\/)/i.test(path) ? path.slice(5) : path;
}

function isWindows(path: string): boolean {
  const first = path.charCodeAt(0);
  if (first === SLASH) return path.startsWith('//./') && /^\/\/\.\/pipe\//i.test(path);
  return first === 92 || /^[a-zA-Z]:[\\/]/.test(path);
}

function windowsPath(path: string): string {
  const [, lead = '', rest = ''] = /^([\\/]{2,}[.?][\\/]|[a-zA-Z]:[\\/]|[\\/])?([^]*)$/.exec(path) ?? [];
  const root = lead.length > 3 ? `\\\\${/[.?]/.exec(lead)?.[0] ?? '.'}\\` : lead.replace('/', '\\');
  return (root + segments(rest, /[\\/]/).join('\\')).toLowerCase();
}

/** Nothing in it to be normalised; most paths are like that. */
function isPlain(path: string): boolean {
  if (path.charCodeAt(0) !== SLASH) return false;
  for (let at = 0; at < path.length; at += 1) {
    if (path.charCodeAt(at) !== SLASH) continue;
    const next = path.charCodeAt(at + 1);
    if (next === SLASH || next === DOT || (at === path.length - 1 && at > 0)) return false;
  }
  return true;
}

function joined(path: string): string {
  const parts = segments(path, '/').join('/');
  return path.startsWith('/') ? `/${parts}` : parts;
}

function segments(path: string, separator: string | RegExp): string[] {
  const kept: string[] = [];
  for (const part of path.split(separator)) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return kept;
}
