import { baseName } from '../../core/base-name.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { SourceProblem } from './argument-sources.js';
import { KUBELET_DROP_IN } from './kubelet-drop-in.js';
import { splitWords } from '../text/split-words.js';
import { parseUnitFile, type UnitEntry } from '../text/unit-file.js';
import type { Parsed } from '../text/parsed.js';
import type { FlagRewrite } from './rewrite-kubelet-flags.js';
import { assigns, withUnitEnvironment } from './unit-environment.js';

export interface UnitEditsInput {
  readonly unit: UnitFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  /** New values of variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** The command as it is and as it is to be; undefined where it stays. */
  readonly execStart: { readonly now: string; readonly wanted: string } | undefined;
  /** The same change to any text of the command: with its lines continued, say. */
  readonly rewrite: (command: string) => Parsed<FlagRewrite>;
}

export interface UnitEdits {
  /** New texts, by path, of the administrator's own unit files and drop-ins. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is left for our drop-in to say. */
  readonly environment: Readonly<Record<string, string>>;
  readonly execStart: string | undefined;
  readonly problems: readonly SourceProblem[];
}

interface Placed extends UnitEntry {
  readonly path: string;
}

/**
 * Variables and the command of the kubelet's unit, changed where they are written when that is under /etc; what a package
 * brought is overridden by our drop-in, unless one that sorts after it has the last word.
 */
export function unitEdits({ unit, files, environment, execStart, rewrite }: UnitEditsInput): UnitEdits {
  const paths = [unit.fragmentPath, ...unit.dropInPaths];
  const texts = new Map<string, string>();
  const textOf = (path: string): string => texts.get(path) ?? files[path]?.content ?? '';
  const entries = (key: string): Placed[] =>
    paths.flatMap((path) =>
      parseUnitFile(textOf(path))
        .filter((entry) => entry.section === 'Service' && entry.key === key)
        .map((entry) => ({ path, ...entry })),
    );
  const isOurs = (path: string): boolean => path.startsWith('/etc/') && files[path]?.whole === true;
  const problems: SourceProblem[] = [];

  const rest: Record<string, string> = {};
  for (const [variable, value] of Object.entries(environment)) {
    // An empty one takes back all that were set before it.
    const last = entries('Environment').findLast((entry) => entry.value === '' || assigns(entry.value, variable));
    const edited =
      last !== undefined && isOurs(last.path) ? withUnitEnvironment(textOf(last.path), variable, value) : undefined;
    if (last !== undefined && edited !== undefined) texts.set(last.path, edited);
    else if (last !== undefined && isLater(last.path)) problems.push(lastWord(last));
    else rest[variable] = value;
  }

  const command = execStart === undefined ? undefined : entries('ExecStart').findLast(({ value }) => value !== '');
  const edited =
    command === undefined || execStart === undefined || !isOurs(command.path)
      ? undefined
      : withCommand(textOf(command.path), command, execStart, rewrite);
  if (command !== undefined && edited !== undefined) texts.set(command.path, edited);
  const later =
    execStart === undefined || edited !== undefined
      ? undefined
      : entries('ExecStart').find(({ path }) => isLater(path));
  if (later !== undefined) problems.push(lastWord(later));
  const overridden = edited === undefined ? execStart?.wanted : undefined;
  return { texts, environment: rest, execStart: overridden, problems };
}

/** The file with the new command, lines and quotes as they were; undefined where it is not the command that systemd sees. */
function withCommand(
  text: string,
  { start, end }: UnitEntry,
  { now, wanted }: { readonly now: string; readonly wanted: string },
  rewrite: UnitEditsInput['rewrite'],
): string | undefined {
  const from = text.indexOf('=', start) + 1;
  const command = text.slice(from, end);
  const edited = rewrite(command);
  if (!edited.ok || wordsOf(command) !== wordsOf(now) || wordsOf(edited.value.text) !== wordsOf(wanted))
    return undefined;
  return text.slice(0, from) + edited.value.text + text.slice(end);
}

function wordsOf(command: string): string {
  const words = splitWords(command);
  return JSON.stringify(words.ok ? words.value.map(({ value }) => value) : [command]);
}

function lastWord({ path, line, key }: Placed): SourceProblem {
  const ours = baseName(KUBELET_DROP_IN);
  const message = `${path}, line ${line}, sets ${key} and is read after ${ours}, which is to set it`;
  return { level: 'blocker', message, fix: `rename ${path} so that it sorts before ${ours}, and plan again` };
}

const isLater = (path: string): boolean => path.includes('.d/') && baseName(path) > baseName(KUBELET_DROP_IN);
