import type { FileFacts, KubeletFacts } from '../../core/inventory.js';
import { parseEnvFile, type EnvAssignment } from '../text/env-file.js';
import { splitWords } from '../text/split-words.js';
import { isWholeFile, notWhole } from '../whole-file.js';

/** Where a part of the kubelet's command line comes from. */
export type ArgumentSource =
  | {
      readonly kind: 'env-file';
      readonly variable: string;
      readonly path: string;
      readonly assignment: EnvAssignment;
      readonly text: string;
    }
  | { readonly kind: 'environment'; readonly variable: string; readonly text: string }
  | { readonly kind: 'exec-start'; readonly text: string };

export interface ArgumentSources {
  /** In the order of the command line; ExecStart's own words last. */
  readonly sources: readonly ArgumentSource[];
  /** Variables that ExecStart passes as (part of) one argument: `${NAME}`, `--flag=$NAME`. */
  readonly singleArguments: readonly { readonly variable: string; readonly value: string }[];
  readonly problems: readonly SourceProblem[];
}

export interface SourceProblem {
  readonly level: 'blocker' | 'undecided';
  readonly message: string;
  readonly fix: string;
}

type Files = Readonly<Record<string, FileFacts>>;

/** Which file, variable or line of the unit each part of the kubelet's command line comes from. */
export function argumentSources(kubelet: KubeletFacts, files: Files): ArgumentSources {
  const problems: SourceProblem[] = [];
  const read = readEnvFiles(kubelet, files, problems);
  const sources: ArgumentSource[] = [];
  const singleArguments: { variable: string; value: string }[] = [];

  const words = splitWords(kubelet.execStart);
  if (!words.ok) {
    const message = `ExecStart of kubelet.service cannot be read: line ${words.line}: ${words.reason}`;
    problems.push({ level: 'blocker', message, fix: 'mend the unit, restart the kubelet, and plan again' });
    return { sources, singleArguments, problems };
  }
  for (const { start, end, value: word } of words.value) {
    const raw = kubelet.execStart.slice(start, end);
    for (const [, braced, plain] of raw.matchAll(/(?<!\$)\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g)) {
      const variable = braced ?? plain ?? '';
      const source = sourceOf(variable, read, kubelet);
      if (source === undefined) continue;
      // Quotes around a variable keep nothing together: systemd takes them off before it looks for variables.
      if (word === `$${variable}`) sources.push(source);
      else singleArguments.push({ variable, value: valueIn(source) });
    }
  }
  sources.push({ kind: 'exec-start', text: kubelet.execStart });
  return { sources, singleArguments, problems };
}

type ReadEnvFile = { readonly path: string; readonly text: string; readonly assignments: readonly EnvAssignment[] };

function readEnvFiles({ environmentFiles }: KubeletFacts, files: Files, problems: SourceProblem[]): ReadEnvFile[] {
  const read: ReadEnvFile[] = [];
  for (const { path } of environmentFiles) {
    const file = files[path];
    if (file === undefined) {
      const message = `${path}, from which the kubelet gets arguments, was not read`;
      problems.push({ level: 'undecided', message, fix: 'make it readable and take the inventory again' });
    } else if (file.exists && !isWholeFile(file)) problems.push(notWhole(path));
    else if (file.exists) {
      const parsed = parseEnvFile(file.content);
      if (parsed.ok) read.push({ path, text: file.content, assignments: parsed.value });
      else {
        const message = `${path} cannot be read: line ${parsed.line}: ${parsed.reason}`;
        problems.push({ level: 'blocker', message, fix: `mend line ${parsed.line} and plan again` });
      }
    }
  }
  return read;
}

/** The last file that sets a variable counts, and counts more than `Environment=`. */
function sourceOf(variable: string, read: readonly ReadEnvFile[], kubelet: KubeletFacts): ArgumentSource | undefined {
  for (const { path, text, assignments } of read.toReversed()) {
    const assignment = assignments.findLast(({ name }) => name === variable);
    if (assignment !== undefined) return { kind: 'env-file', variable, path, assignment, text };
  }
  const value = kubelet.environment[variable];
  return value === undefined ? undefined : { kind: 'environment', variable, text: value };
}

/** The flags a source holds, as text. */
export const valueIn = (source: ArgumentSource): string =>
  source.kind === 'env-file' ? source.assignment.value : source.text;
