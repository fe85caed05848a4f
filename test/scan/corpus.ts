import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '../../src/scan/found.js';
import { scanOf } from './scan-of.js';

/** A row of a corpus's LABELS.tsv: an object, or a whole file, and what depends on Docker in it. */
export interface Label {
  readonly file: string;
  readonly object: string;
  readonly mounts: 'yes' | 'no' | 'possible';
  readonly other: 'yes' | 'no' | 'possible';
  readonly ruleIds: readonly string[];
}

export interface Score {
  readonly expected: number;
  readonly found: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly recall: number;
  readonly precision: number;
}

export function labelsOf(folder: string): Label[] {
  const [header = '', ...lines] = readFileSync(join(folder, 'LABELS.tsv'), 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1'));
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return {
      file: cell('file'),
      object: cell('object'),
      mounts: cell('mounts_docker_socket') as Label['mounts'],
      other: cell('other_docker_dependency') as Label['other'],
      ruleIds: cell('which')
        .split(',')
        .filter((id) => id !== '')
        .map((id) => (id.startsWith('KNOWN_IMAGE') ? 'known-image' : id.toLowerCase().replaceAll('_', '-'))),
    };
  });
}

/** Rows about a file as a whole, or about one that holds a single object. */
const isWhole = (label: Label, labels: readonly Label[]): boolean =>
  labels.filter(({ file }) => file === label.file).length === 1 ||
  (label.object !== '?' && !/^[A-Z]\w*\/[^ ]+$/.test(label.object));

const SOCKET = 'docker-sock';
/** Context, and what only says that something is reachable. */
const NEUTRAL = ['known-image', 'sock-parent-dir', 'data-root-parent', 'docker-client-image', SOCKET];

export interface CorpusScore {
  readonly socket: Readonly<Record<'plain' | 'other', Score>>;
  readonly others: Score;
  readonly byRule: Readonly<Record<string, Score>>;
}

/** How a scan answers a labelled corpus; rows marked `possible` count neither way. */
export function scoreCorpus(folder: string): CorpusScore {
  const labels = labelsOf(folder);
  const scans = new Map<string, readonly Found[]>();
  const foundIn = (label: Label): readonly Found[] => {
    const all = scans.get(label.file) ?? scanOf(readFileSync(join(folder, label.file)), label.file).found;
    scans.set(label.file, all);
    const definite = all.filter(({ confidence }) => confidence === 'definite');
    if (isWhole(label, labels)) return definite;
    return definite.filter(({ object }) => `${object.kind}/${object.name}` === label.object);
  };

  const socket = { plain: tally(), other: tally() };
  const others = tally();
  const byRule: Record<string, ReturnType<typeof tally>> = {};
  for (const label of labels) {
    // A document that cannot be parsed has no object.
    if (label.object === '?' && !isWhole(label, labels)) continue;
    const found = foundIn(label);
    const at = `${label.file} ${label.object}`;
    const plain =
      /\.(ya?ml|json)$/.test(label.file) && !/\{\{|\$\{/.test(readFileSync(join(folder, label.file), 'utf8'));
    if (label.mounts !== 'possible') {
      socket[plain ? 'plain' : 'other'].add(
        at,
        label.mounts === 'yes',
        found.some(({ ruleId }) => ruleId === SOCKET),
      );
    }
    if (label.other === 'possible') continue;
    const said = new Set(found.map(({ ruleId }) => ruleId).filter((id) => !NEUTRAL.includes(id)));
    const meant = new Set(label.ruleIds.filter((id) => !NEUTRAL.includes(id)));
    for (const id of new Set([...said, ...meant])) {
      for (const one of [others, (byRule[id] ??= tally())]) one.add(`${at} ${id}`, meant.has(id), said.has(id));
    }
  }
  return {
    socket: { plain: socket.plain.score(), other: socket.other.score() },
    others: others.score(),
    byRule: Object.fromEntries(Object.entries(byRule).map(([id, one]) => [id, one.score()])),
  };
}

function tally(): { add(at: string, meant: boolean, said: boolean): void; score(): Score } {
  let right = 0;
  const missed: string[] = [];
  const wrong: string[] = [];
  return {
    add(at, meant, said) {
      if (meant && said) right += 1;
      else if (meant) missed.push(at);
      else if (said) wrong.push(at);
    },
    score: () => ({
      expected: right + missed.length,
      found: right + wrong.length,
      missed,
      wrong,
      recall: ratio(right, right + missed.length),
      precision: ratio(right, right + wrong.length),
    }),
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
