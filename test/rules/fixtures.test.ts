import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.js';
import { scanOf, WITHOUT_WORDS } from '../scan/scan-of.js';

const FIXTURES = join(import.meta.dirname, 'fixtures');

const EXPECT = /^#?\s*expect:\s*(.*)$/;

/** `LINE [SEVERITY] [possible]`, as the first lines of a fixture, or of the `.expect` beside it, say. */
interface Expected {
  readonly line: number;
  readonly severity: string | undefined;
  readonly possible: boolean;
}

function expectedOf(file: string): Expected[] | undefined {
  const beside = `${file}.expect`;
  const lines = readFileSync(existsSync(beside) ? beside : file, 'utf8').split(/\r?\n/);
  const first = lines.findIndex((line) => !line.startsWith('#!') && !line.startsWith('#cloud-config'));
  const said: string[] = [];
  for (const line of lines.slice(first)) {
    const match = EXPECT.exec(line);
    if (match === null) break;
    said.push(match[1]?.trim() ?? '');
  }
  if (said.length === 0) return undefined;
  return said
    .filter((text) => text !== 'nothing')
    .map((text) => {
      const [line = '', ...rest] = text.split(/\s+/);
      return {
        line: Number(line),
        severity: rest.find((word) => ['error', 'warning', 'note'].includes(word)),
        possible: rest.includes('possible'),
      };
    });
}

const folders = readdirSync(FIXTURES).sort();

const filesOf = (folder: string): string[] =>
  readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.expect'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

describe('every rule', () => {
  it('has fixtures in which it finds something and such in which it does not', () => {
    const lacking = rules
      .filter((rule) => rule.object !== undefined || rule.pod !== undefined || rule.text !== undefined)
      .filter(({ id }) => {
        const expected = folders.includes(id) ? filesOf(id).map(expectedOf) : [];
        return !expected.some((one) => (one?.length ?? 0) > 0) || !expected.some((one) => one?.length === 0);
      })
      .map(({ id }) => id);
    expect(lacking).toEqual([]);
  });

  it('is a known one where there are fixtures', () => {
    expect(folders.filter((folder) => !rules.some(({ id }) => id === folder))).toEqual([]);
  });
});

for (const folder of folders) {
  describe(folder, () => {
    for (const file of filesOf(folder)) {
      const name = file.slice(join(FIXTURES, folder).length + 1);
      it(name, () => {
        const expected = expectedOf(file);
        if (expected === undefined) throw new Error(`${name} does not say what it expects`);
        const bytes = readFileSync(file);
        const { found } = scanOf(bytes, name);
        const own = found.filter(({ ruleId }) => ruleId === folder);
        const lines = (all: readonly { line?: number }[]): number[] =>
          all.map(({ line }) => line ?? 0).sort((a, b) => a - b);
        expect(lines(own), own.map(({ line, message }) => `${line}: ${message}`).join('\n')).toEqual(lines(expected));
        for (const { line, severity, possible } of expected) {
          const there = own.filter((one) => one.line === line);
          expect(there.map(({ confidence }) => confidence)).toContain(possible ? 'possible' : 'definite');
          if (severity !== undefined) expect(there.map((one) => one.severity)).toContain(severity);
        }
        // The words of a rule are what lets a file be skipped: they must not lose anything.
        expect(found).toEqual(scanOf(bytes, name, WITHOUT_WORDS).found);
      });
    }
  });
}
