import type { TomlTable, TomlValue } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseToml } from '../../../src/config/text/toml-document.js';
import { editOrWriteToml, editToml, type TomlEditStyle } from '../../../src/config/text/toml-edit.js';
import { tomlEqual } from '../../../src/config/text/toml-equal.js';
import { tomlItems } from '../../../src/config/text/toml-items.js';
import { tomlAt } from '../../../src/config/text/toml-path.js';
import { isTable, tomlKey, tomlValue } from '../../../src/config/text/toml-text.js';

const STYLE: TomlEditStyle = { keyQuote: '"', order: 'sorted' };

const read = (text: string): TomlTable => {
  const parsed = parseToml(text);
  if (!parsed.ok) throw new Error(`line ${parsed.line}: ${parsed.reason}\n${text}`);
  return parsed.value;
};

const edit = (text: string, wanted: string, style = STYLE): string | undefined => editToml(text, read(wanted), style);

describe('editToml', () => {
  it('leaves a text that says what is wanted as it is, a byte order mark and odd spaces included', () => {
    const text = '\uFEFF a   =  1 # one\r\n\r\n\r\n[ b . "c" ]\r\n';
    expect(edit(text, 'a = 1\n[b.c]\n')).toBe(text);
  });

  it('changes a value in its place, and keeps what is behind it', () => {
    const text = 'a = 0x10   # sixteen\n[t]\n\tb = """x\ny""" # two lines\nc = [ # list\n  1, # one\n  2,\n]\n';
    expect(edit(text, 'a = 17\n[t]\nb = "z"\nc = [3]\n')).toBe(
      'a = 17   # sixteen\n[t]\n\tb = "z" # two lines\n# list\n# one\nc = [3]\n',
    );
  });

  it('takes a key away with the comment behind it, and leaves those on lines of their own', () => {
    const text = '# first\na = 1 # gone\n# second\nb = 2 # stays\n\n# third\n[t]\n# fourth\nc = 3\n\n[u]\nd = 4\n';
    expect(edit(text, 'b = 2\n[u]\nd = 4\n')).toBe(
      '# first\n# second\nb = 2 # stays\n\n# third\n# fourth\n\n[u]\nd = 4\n',
    );
  });

  it('puts new keys behind those of their table, indented as they are', () => {
    expect(
      edit('# top\n\n[t]\n    a = 1\n\n# of u\n[u]\nb = 2\n', 'v = 1\n[t]\na = 1\nc = 3\n[u]\nb = 2\nz = 0\n'),
    ).toBe('# top\n\nv = 1\n\n[t]\n    a = 1\n    c = 3\n\n# of u\n[u]\nb = 2\nz = 0\n');
  });

  it('puts new tables among those beside them, by name or behind them', () => {
    const text = '[h.b]\n  x = 1\n\n  [h.b.o]\n    y = 1\n\n[h.d]\n  x = 1\n\n# of z\n[z]\n';
    const wanted = '[h.b]\nx = 1\n[h.b.o]\ny = 1\n[h.d]\nx = 1\n[z]\n[h.c]\nx = 2\n[h.c.o]\ny = 2\n';
    const c = '[h.c]\n  x = 2\n\n  [h.c.o]\n    y = 2\n\n';
    expect(edit(text, wanted)).toBe(text.replace('[h.d]', `${c}[h.d]`));
    expect(edit(text, wanted, { ...STYLE, order: 'last' })).toBe(text.replace('# of z', `${c}# of z`));
  });

  it('gives a header to a table that was there by those below it only', () => {
    expect(edit('[a.b]\n  x = 1\n', 'a.y = 2\na.b.x = 1\n')).toBe('[a]\n  y = 2\n\n[a.b]\n  x = 1\n');
  });

  it('adds to dotted keys and inline tables as they are written', () => {
    expect(
      edit(
        'a.b = 1\nc = { d = 1 }\n[t]\nu.v.w = 1\n',
        'a.b = 1\na.e = 2\nc = { d = 1, e = 2 }\nt.u.v.w = 1\nt.u.v.x.y = 2\n',
      ),
    ).toBe('a.b = 1\na.e = 2\nc = { d = 1, e = 2 }\n[t]\nu.v.w = 1\nu.v.x = { y = 2 }\n');
  });

  it('keeps arrays of tables, or writes them again', () => {
    const text = '# k\n[[k]]\na = 1\n[k.t]\n# inside\nb = 2\n[[k]]\n[x]\nc = 3\n';
    expect(edit(text, '[[k]]\na = 1\nt.b = 2\n[[k]]\n[x]\nc = 4\n')).toBe(text.replace('c = 3', 'c = 4'));
    expect(edit(text, 'k = [{ a = 5 }]\n[x]\nc = 3\n')).toBe('# k\n# inside\n\n[[k]]\na = 5\n\n[x]\nc = 3\n');
  });

  it('moves comments along with what moves', () => {
    const text = '# why\n[old] # here\n# of a\na = 1 # one\n# alone\n\nb = 2 # gone\n';
    const moved = (path: readonly string[]) => (path[0] === 'old' ? ['new', ...path.slice(1)] : undefined);
    expect(edit(text, '[new]\na = 1\n', { ...STYLE, moved })).toBe(
      '# alone\n\n# why\n[new] # here\n# of a\na = 1 # one\n',
    );
  });

  it('keeps the line ends of Windows, and ends the last line', () => {
    expect(edit('a = 1\r\n[t]\r\nb = 2', 'a = 1\n[t]\nb = 2\nc = 3\n')).toBe('a = 1\r\n[t]\r\nb = 2\r\nc = 3\r\n');
  });

  it('gives up on what cannot be added to, and is then written anew under its comments', () => {
    expect(edit('a = \n', 'a = 1\n')).toBeUndefined();
    expect(editOrWriteToml('# one\na = \n  # two\n', read('a = 1\n'), STYLE)).toBe('# one\n# two\n\na = 1\n');
  });
});

/** A source of chance that is the same each time. */
function chance(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { below, pick };
}
type Chance = ReturnType<typeof chance>;

const KEYS = ['a', 'b', 'io.x/y', 'version', 'it"s', 'é', 'plugins', 'z-1'];

function randomScalar({ below, pick }: Chance): TomlValue {
  const kinds: (() => TomlValue)[] = [
    () => BigInt(below(5)),
    () => below(5) / 2,
    () => below(2) === 0,
    () => pick(['', 'x', '#no "comment"', "it's", 'a\nb', '[t]', '\\', 'ü']),
    () => [1n, 2n].slice(below(3)),
    () => ['a # b', '"'],
    () => ({ in: 1n, 'l e': pick(['x', '}']) }),
  ];
  return pick(kinds)();
}

function randomTable(random: Chance, depth: number): TomlTable {
  const table: TomlTable = {};
  for (let left = random.below(4) + (depth === 0 ? 1 : 0); left > 0; left -= 1) {
    const key = random.pick(KEYS);
    table[key] = depth < 3 && random.below(3) === 0 ? randomTable(random, depth + 1) : randomScalar(random);
    if (depth < 2 && random.below(12) === 0) table[key] = [randomTable(random, 3), randomTable(random, 3)];
  }
  return table;
}

/** The same table as a person might write it; comments are numbered. */
function written(table: TomlTable, random: Chance): string {
  let comments = 0;
  const remark = (): string => `# ${random.pick(['why', '"', '[x]', 'a = 1'])} ${(comments += 1)}`;
  const lines: string[] = [];
  const gap = (): void => {
    for (let left = random.below(3); left > 0; left -= 1) lines.push(random.pick(['', '', '  ', remark()]));
  };
  const key = (name: string): string =>
    random.below(4) === 0 && !/["\\]/.test(name) ? `"${name}"` : tomlKey(name, { keyQuote: random.pick(['"', "'"]) });
  const value = (one: TomlValue): string => {
    if (Array.isArray(one) && random.below(2) === 0 && !one.some(isTable)) {
      return `[ ${remark()}\n${one.map((item) => `  ${tomlValue(item, STYLE)}, ${remark()}\n`).join('')}]`;
    }
    return typeof one === 'string' && random.below(3) === 0 && /^[^'\\]*$/.test(one) && !one.includes('\n')
      ? random.pick([`'${one}'`, `'''${one}'''`])
      : tomlValue(one, STYLE);
  };
  const pair = (path: readonly string[], one: TomlValue, indent: string): void => {
    gap();
    const tail = random.below(3) === 0 ? ` ${remark()}` : '';
    lines.push(
      `${indent}${path.map(key).join(random.pick(['.', ' . ']))} ${random.pick(['=', ' = '])} ${value(one)}${tail}`,
    );
  };
  const block = (path: readonly string[], one: TomlTable, indent: string): void => {
    const tables = Object.entries(one).filter(([, inner]) => isTable(inner) && Object.keys(inner).length > 0);
    const dotted = tables.filter(
      ([, inner]) =>
        random.below(4) === 0 &&
        Object.values(inner as TomlTable).every(
          (leaf) => !isTable(leaf) && !(Array.isArray(leaf) && leaf.some(isTable)),
        ),
    );
    const below = Object.entries(one).filter(
      ([name, inner]) =>
        !dotted.some(([other]) => other === name) &&
        ((isTable(inner) && random.below(5) > 0) || (Array.isArray(inner) && inner.length > 0 && inner.every(isTable))),
    );
    for (const [name, inner] of Object.entries(one)) {
      if (below.some(([other]) => other === name)) continue;
      if (dotted.some(([other]) => other === name)) {
        for (const [leaf, innermost] of Object.entries(inner as TomlTable)) pair([name, leaf], innermost, indent);
      } else pair([name], inner, indent);
    }
    for (const [name, inner] of below) {
      const inside = indent + random.pick(['', '  ', '\t']);
      for (const each of Array.isArray(inner) ? (inner as TomlTable[]) : [inner as TomlTable]) {
        gap();
        const header = [...path, name].map(key).join('.');
        lines.push(
          `${indent}${Array.isArray(inner) ? `[[${header}]]` : `[${header}]`}${random.below(4) === 0 ? ` ${remark()}` : ''}`,
        );
        block([...path, name], each, inside);
      }
    }
  };
  block([], table, '');
  gap();
  const end = random.pick(['\n', '\r\n']);
  return lines.join('\n').replaceAll('\n', end) + random.pick([end, '']);
}

/** Some of it otherwise, some gone, some new. */
function changed(table: TomlTable, random: Chance): TomlTable {
  const result: TomlTable = {};
  for (const [key, value] of Object.entries(table)) {
    const what = random.below(8);
    if (what === 0) continue;
    result[key] = what === 1 ? randomScalar(random) : isTable(value) ? changed(value, random) : value;
  }
  if (random.below(2) === 0) result[random.pick(KEYS)] ??= randomScalar(random);
  if (random.below(4) === 0) result[random.pick(KEYS)] ??= randomTable(random, 2);
  return result;
}

describe('editToml, of whatever', () => {
  it('says what is wanted, keeps comments and lines, and has nothing to do the second time', () => {
    let edited = 0;
    let comments = 0;
    for (let seed = 1; seed <= 1000; seed += 1) {
      const random = chance(seed);
      const table = randomTable(random, 0);
      const text = written(table, random);
      expect(tomlEqual(read(text), table), `seed ${seed}\n${text}`).toBe(true);
      expect(
        tomlItems(text)
          .map((item) => item.text)
          .join(''),
      ).toBe(text);
      const wanted = seed % 10 === 0 ? randomTable(random, 0) : changed(table, random);
      const result = editOrWriteToml(text, wanted, STYLE);
      expect(tomlEqual(read(result), wanted), `seed ${seed}\n${text}\n---\n${result}`).toBe(true);
      expect(editToml(result, wanted, STYLE)).toBe(result);
      const kept = tomlItems(result).map((item) => item.text.trim());
      for (const item of tomlItems(text)) {
        if (item.kind !== 'comment') continue;
        comments += 1;
        expect(kept, `seed ${seed}\n${text}\n---\n${result}`).toContain(item.text.trim());
      }
      if (editToml(text, wanted, STYLE) === undefined) continue;
      edited += 1;
      for (const item of tomlItems(text)) {
        const isSame =
          item.kind === 'pair' &&
          tomlAt(table, item.path) !== undefined &&
          tomlEqual(tomlAt(table, item.path), tomlAt(wanted, item.path));
        if (isSame) expect(kept, `seed ${seed}\n${text}\n---\n${result}`).toContain(item.text.trim());
      }
    }
    // Nothing that a person writes is written anew.
    expect(edited).toBe(1000);
    expect(comments).toBeGreaterThan(1000);
  });
});
