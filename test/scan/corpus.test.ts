import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.js';
import type { Found } from '../../src/scan/found.js';
import { labelsOf, scoreCorpus, type CorpusScore, type Score } from './corpus.js';
import { scanOf, WITHOUT_WORDS } from './scan-of.js';

const OWN = join(import.meta.dirname, '../corpus');
/** Another folder with a LABELS.tsv of the same columns. */
const other = process.env.SCAN_CORPUS;

describe('the corpus', () => {
  const files = filesIn(OWN);
  const labels = labelsOf(OWN);

  meets(OWN);

  it('has a label for each file, and two objects without a dependency in five', () => {
    expect(new Set(labels.map(({ file }) => file))).toEqual(new Set(files));
    const negatives = labels.filter(({ mounts, other }) => mounts === 'no' && other === 'no');
    expect(negatives.length / labels.length).toBeGreaterThanOrEqual(0.4);
  });

  it('names rules that there are', () => {
    const known = new Set(rules.map(({ id }) => id));
    expect(labels.flatMap(({ ruleIds }) => ruleIds).filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(files)('%s: the same without a look at its name, and without a search for words first', (file) => {
    const bytes = readFileSync(join(OWN, file));
    const found = scanOf(bytes, file).found.map(withoutName);
    expect(scanOf(bytes, 'x').found.map(withoutName)).toEqual(found);
    expect(scanOf(bytes, 'x', WITHOUT_WORDS).found.map(withoutName)).toEqual(found);
  });
});

describe.skipIf(other === undefined)('the corpus in SCAN_CORPUS', () => {
  meets(other ?? '');
});

/** What has to be found, and what must not. */
function meets(folder: string): void {
  it('is judged as its labels say', () => {
    const score = scoreCorpus(folder);
    console.log(table(score));
    const { socket, others } = score;
    expect(socket.plain, 'the socket in YAML and JSON').toMatchObject({ missed: [], wrong: [] });
    expectAtLeast(0.97, socket.other, 'the socket in all else');
    expectAtLeast(0.95, others, 'other dependencies by rule');
  });
}

function expectAtLeast(least: number, { recall, precision, missed, wrong }: Score, what: string): void {
  const details = [...missed.map((at) => `missed: ${at}`), ...wrong.map((at) => `wrong: ${at}`)].join('\n');
  expect(recall, `recall, ${what}\n${details}`).toBeGreaterThanOrEqual(least);
  expect(precision, `precision, ${what}\n${details}`).toBeGreaterThanOrEqual(least);
}

function table({ socket, others, byRule }: CorpusScore): string {
  const rows: [string, Score][] = [
    ['socket, YAML and JSON', socket.plain],
    ['socket, all else', socket.other],
    ['other dependencies', others],
    ...Object.entries(byRule).sort(([one], [two]) => (one < two ? -1 : 1)),
  ];
  const line = (name: string, ...cells: readonly string[]): string =>
    [name.padEnd(32), ...cells.map((cell) => cell.padStart(9))].join(' ');
  return [
    line('', 'expected', 'found', 'recall', 'precision'),
    ...rows.map(([name, { expected, found, recall, precision }]) =>
      line(name, String(expected), String(found), recall.toFixed(3), precision.toFixed(3)),
    ),
  ].join('\n');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'LABELS.tsv')
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** A finding in what is no object is named after its file. */
function withoutName({ file: _file, object, ...found }: Found): unknown {
  return { ...found, object: object.kind === 'File' ? { ...object, name: '' } : object };
}
