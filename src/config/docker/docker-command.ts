import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { sinceReset, unitEntries } from '../systemd/unit-entries.js';
import { unitEnvironmentValues, type EnvironmentValue } from '../systemd/unit-environment-values.js';
import { parseEnvFile } from '../text/env-file.js';
import { splitWords } from '../text/split-words.js';
import { dockerUnitFiles } from './docker-unit-files.js';

/** A word of dockerd's command line, and where it is written. */
export interface CommandWord {
  readonly value: string;
  readonly source: string;
  /** From 1. */
  readonly line: number;
}

export interface DockerCommand {
  /** What follows the program. */
  readonly words: readonly CommandWord[];
  readonly notices: readonly Notice[];
}

type Variables = ReadonlyMap<string, EnvironmentValue>;

const DEBIAN = '/etc/default/docker';

/**
 * The arguments that docker.service gives dockerd: those of its last ExecStart, with the variables that the unit and the
 * files it names give. What is no dockerd, or not understood, is said and has no arguments.
 */
export function dockerCommand(files: Readonly<Record<string, FileFacts>>, unit: UnitFacts | undefined): DockerCommand {
  const entries = unitEntries(dockerUnitFiles(files, unit), files);
  const named = sinceReset(entries, 'Service', 'EnvironmentFile').map(({ value }) => value.replace(/^-/, ''));
  const notices: Notice[] = [
    ...named.flatMap((path) => unreadable(path, files[path])),
    ...(named.includes(DEBIAN) ? [] : unreadDefaults(files[DEBIAN])),
  ];
  const variables = new Map(unitEnvironmentValues(entries, files).values.map((value) => [value.name, value]));
  const start = sinceReset(entries, 'Service', 'ExecStart').at(-1);
  if (start === undefined) return { words: [], notices };
  const words = splitWords(start.value);
  if (!words.ok) return { words: [], notices: [...notices, notUnderstood(start.path, start.line, words.reason)] };
  const all = words.value.flatMap(({ value }) => expanded({ value, source: start.path, line: start.line }, variables));
  const found = argumentsOf(all, variables);
  if (found !== undefined) return { words: found, notices };
  return {
    words: [],
    notices: [...notices, notUnderstood(start.path, start.line, 'it does not start dockerd itself')],
  };
}

function unreadable(path: string, facts: FileFacts | undefined): readonly Notice[] {
  const parsed = facts?.exists === true ? parseEnvFile(facts.content) : undefined;
  return parsed?.ok === false ? [notUnderstood(path, parsed.line, parsed.reason)] : [];
}

/** A variable by itself becomes words, in braces a part of its own word; one that nothing sets becomes nothing. */
function expanded(word: CommandWord, variables: Variables): readonly CommandWord[] {
  const alone = /^\$([A-Za-z_]\w*)$/.exec(word.value)?.[1];
  if (alone !== undefined) {
    const variable = variables.get(alone);
    const words = splitWords(variable?.value ?? '');
    if (variable === undefined || !words.ok) return [];
    return words.value.map(({ value }) => ({ value, source: variable.path, line: variable.line }));
  }
  let { source, line } = word;
  // systemd's own `%%` comes first, so that a variable's per cent signs stay.
  const value = word.value
    .replaceAll('%%', '%')
    .replace(/\$\$|\$\{([A-Za-z_]\w*)\}/g, (_, name: string | undefined) => {
      if (name === undefined) return '$';
      const variable = variables.get(name);
      if (variable !== undefined) ({ path: source, line } = variable);
      return variable?.value ?? '';
    });
  return [{ value, source, line }];
}

/** What follows dockerd; it may stand behind `env A=b`, and within the command of a shell. */
function argumentsOf(words: readonly CommandWord[], variables: Variables): readonly CommandWord[] | undefined {
  const program = words.findIndex(({ value }, at) => isDockerd(value, words[at + 1]));
  if (program !== -1) {
    const rest = words.slice(program + 1);
    // The daemon was a command of the client once, and `@` names what the process shall be called.
    const named = /^[-:+!|]*@/.test(words[program]?.value ?? '') || rest[0]?.value === 'daemon';
    return named ? rest.slice(1) : rest;
  }
  const [shell, ...rest] = words;
  const script = rest.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
  const command = rest[script + 1];
  if (script === -1 || command === undefined || !/(?:^|\/)(?:ba|da)?sh$/.test(shell?.value ?? '')) return undefined;
  const inner = splitWords(command.value);
  if (!inner.ok || /[;|&<>`]|\$\(/.test(command.value)) return undefined;
  const { source, line } = command;
  const expandedWords = inner.value.flatMap(({ value }) => expanded({ value, source, line }, variables));
  return expandedWords.some(({ value }, at) => isDockerd(value, expandedWords[at + 1]))
    ? argumentsOf(expandedWords, variables)
    : undefined;
}

const isDockerd = (word: string, next: CommandWord | undefined): boolean => {
  const program = /^[-@:+!|]*(?:\/\S*\/)?(dockerd(?:-\w+)?|docker)$/.exec(word)?.[1];
  return program !== undefined && (program !== 'docker' || next?.value === 'daemon');
};

/** The stock unit does not read it; Debian's scripts for other init systems did. */
function unreadDefaults(facts: FileFacts | undefined): readonly Notice[] {
  const parsed = facts?.exists === true ? parseEnvFile(facts.content) : undefined;
  const opts =
    parsed?.ok === true ? parsed.value.find(({ name, value }) => name === 'DOCKER_OPTS' && value !== '') : undefined;
  if (opts === undefined) return [];
  return [
    {
      gate: 'daemon-json',
      level: 'warning',
      message: `${DEBIAN}, line ${opts.line}, sets DOCKER_OPTS, which docker.service does not read: none of it is in effect or carried over`,
      fix: 'move what is wanted to /etc/docker/daemon.json, and remove the line',
    },
  ];
}

const notUnderstood = (path: string, line: number, reason: string): Notice => ({
  gate: 'daemon-json',
  level: 'blocker',
  message: `how ${path}, line ${line}, starts Docker is not understood: ${reason}`,
  fix: 'let ExecStart call dockerd with plain flags, or move them to /etc/docker/daemon.json',
});
