import type { TomlTable, TomlValue } from 'smol-toml';
import { isTable, isTableArray, tomlKey, tomlValue, type TomlStyle } from './toml-text.js';

export { isTable, type TomlStyle } from './toml-text.js';

/** What stands at a key or a header besides itself: comment lines above it, and a comment behind it. */
export interface TomlRemarks {
  readonly above: readonly string[];
  /** With the spaces before it. */
  readonly behind: string;
}

export type RemarksAt = (path: readonly string[]) => TomlRemarks | undefined;

/**
 * Writes a table in the layout of containerd's own documentation: scalars before tables, each sorted, `version` first;
 * a header per table that has scalars, indented by two spaces under the header above it.
 */
export function writeToml(table: TomlTable, style: TomlStyle): string {
  const lines = writer(style, () => undefined).table(table, [], 0);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** The lines of a table or an array of tables with all below it, headers included, for a place in a file that is there. */
export function tomlBlock(
  path: readonly string[],
  value: TomlTable | TomlTable[],
  style: TomlStyle,
  remarksAt: RemarksAt,
): readonly string[] {
  return writer(style, remarksAt).block(path, value, 0);
}

function writer(style: TomlStyle, remarksAt: RemarksAt) {
  function table(value: TomlTable, path: readonly string[], depth: number): string[] {
    const keys = Object.keys(value).sort((a, b) => rank(path, a) - rank(path, b) || (a < b ? -1 : 1));
    const lines = keys.flatMap((key) => {
      const one = value[key];
      return one === undefined || isBlock(one) ? [] : remarked([...path, key], pairText(key, one), '  '.repeat(depth));
    });
    for (const key of keys) {
      const one = value[key];
      if (one === undefined || !isBlock(one)) continue;
      const below = block([...path, key], one, depth);
      lines.push(...(lines.length > 0 ? [''] : []), ...below);
    }
    return lines;
  }

  function block(path: readonly string[], value: TomlTable | TomlTable[], depth: number): string[] {
    const header = path.map((part) => tomlKey(part, style)).join('.');
    const indent = '  '.repeat(depth);
    if (!isTable(value)) {
      const each = value.map((one) => withHeader(`${indent}[[${header}]]`, table(one, path, depth + 1), one));
      return each.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
    }
    // A table that only holds tables is there by their names.
    const bare = Object.values(value);
    const silent = bare.length > 0 && bare.every(isBlock) && remarksAt(path) === undefined;
    if (silent) return table(value, path, depth);
    const [last = '', ...above] = remarked(path, `[${header}]`, indent).reverse();
    return [...above.reverse(), ...withHeader(last, table(value, path, depth + 1), value)];
  }

  const pairText = (key: string, value: TomlValue): string => `${tomlKey(key, style)} = ${tomlValue(value, style)}`;

  function remarked(path: readonly string[], text: string, indent: string): string[] {
    const { above, behind } = remarksAt(path) ?? { above: [], behind: '' };
    return [...above.map((comment) => indent + comment), indent + text + behind];
  }

  return { table, block };
}

const isBlock = (value: TomlValue): value is TomlTable | TomlTable[] => isTable(value) || isTableArray(value);

/** An empty line stands between a header and what follows it only where that is a header itself. */
function withHeader(header: string, lines: readonly string[], value: TomlTable): string[] {
  const startsWithBlock = lines.length > 0 && Object.values(value).every(isBlock);
  return [header, ...(startsWithBlock ? [''] : []), ...lines];
}

const rank = (path: readonly string[], key: string): number => (path.length === 0 && key === 'version' ? 0 : 1);
