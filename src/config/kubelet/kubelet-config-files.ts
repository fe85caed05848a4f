import { parseDocument, isMap } from 'yaml';
import type { FileFacts, KubeletFacts } from '../../core/inventory.js';
import type { SourceProblem } from './argument-sources.js';

/** A file that the kubelet reads its configuration from. */
export interface KubeletConfigFile {
  readonly path: string;
  readonly file: FileFacts;
  /** Topmost keys; those that are there and say nothing (`""`, null) are left out, as the kubelet's defaults fill them in. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface KubeletConfigFiles {
  /** In the order in which they are laid over one another. */
  readonly files: readonly KubeletConfigFile[];
  readonly problems: readonly SourceProblem[];
}

/** The file that `--config` names, and the `*.conf` of `--config-dir`, which kubelets read from 1.28 on. */
export function kubeletConfigFiles(
  { configPath, flags }: Pick<KubeletFacts, 'configPath' | 'flags'>,
  files: Readonly<Record<string, FileFacts>>,
): KubeletConfigFiles {
  const dir = flags['config-dir']?.replace(/\/+$/, '');
  const dropIns = Object.keys(files)
    .filter((path) => dir !== undefined && dir !== '' && path.startsWith(`${dir}/`) && path.endsWith('.conf'))
    .sort();
  const found: KubeletConfigFile[] = [];
  const problems: SourceProblem[] = [];
  for (const path of [...(configPath === undefined || configPath === '' ? [] : [configPath]), ...dropIns]) {
    const file = files[path];
    const read = file === undefined || !file.exists ? undefined : valuesIn(file);
    if (file === undefined || read === undefined) {
      const message = `${path}, from which the kubelet has its configuration, was not read`;
      problems.push({ level: 'undecided', message, fix: 'make it readable and take the inventory again' });
    } else if ('reason' in read) {
      const message = `${path} cannot be read: line ${read.line}: ${read.reason}`;
      problems.push({ level: 'blocker', message, fix: `mend line ${read.line} and plan again` });
    } else found.push({ path, file, values: read.values });
  }
  return { files: found, problems };
}

type Read = { readonly values: Readonly<Record<string, unknown>> } | { readonly line: number; readonly reason: string };

function valuesIn({ content, whole }: FileFacts): Read {
  if (!whole) return { line: 1, reason: 'it is no text, or too long' };
  const document = parseDocument(content);
  const [error] = document.errors;
  if (error !== undefined) {
    const reason = error.message.split(/ at line \d|\n/)[0] ?? 'it is not YAML';
    return { line: error.linePos?.[0].line ?? 1, reason };
  }
  if (document.contents !== null && !isMap(document.contents) && document.toJS() !== null) {
    return { line: 1, reason: 'it is no mapping of keys to values' };
  }
  const entries = Object.entries((document.toJS() ?? {}) as Record<string, unknown>);
  return { values: Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== null)) };
}
