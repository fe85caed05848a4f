import { loadYaml } from './load-yaml.js';
import type { Segments } from './segments.js';

/** A text of which all lines stay that can be kept. */
export interface RepairedYaml {
  readonly text: string;
  readonly segments: Segments;
}

interface Line {
  readonly start: number;
  readonly text: string;
  readonly indent: number;
  readonly isItem: boolean;
}

/** Each level of indentation may parse the text once; what is deeper than this is not worth it. */
const MAX_PASSES = 24;
const MAX_PARSED_LENGTH = 100_000_000;

/** A text with more broken lines than these was not meant as YAML. */
const MAX_FAILURES = 2000;

/**
 * Leaves out as little as makes the text valid: where it is not, the entries of its outermost level are tried one by one, and of
 * those that are not valid, their entries. So a broken line costs itself, and the object around it stays whole.
 */
export function repairYaml(text: string): RepairedYaml | undefined {
  let budget = Math.min(text.length * MAX_PASSES, MAX_PARSED_LENGTH);
  let failures = 0;
  const parse = (lines: readonly Line[]): { value: unknown } | undefined => {
    const candidate = lines.map((line) => line.text).join('');
    budget -= candidate.length;
    if (budget < 0 || failures > MAX_FAILURES) return undefined;
    try {
      return { value: loadYaml(candidate) };
    } catch {
      failures++;
      return undefined;
    }
  };
  const repair = (lines: readonly Line[], depth: number): readonly Line[] => {
    if (parse(lines) !== undefined) return lines;
    if (lines.length === 1 || depth > MAX_PASSES || budget < 0) return [];
    const entries = entriesOf(lines);
    const [head, ...body] = lines as [Line, ...Line[]];
    if (entries.length === 1) {
      if (parse([head]) === undefined) return repair(body, depth + 1);
      const whole = [head, ...repair(body, depth + 1)];
      return parse(whole) === undefined ? [head] : whole;
    }
    const kept = entries.map((entry) => repair(entry, depth + 1)).filter((entry) => entry.length > 0);
    if (parse(kept.flat()) !== undefined) return kept.flat();
    const kinds = kept.map((entry) => kindOf(parse(entry)?.value));
    const common = kinds.filter((kind) => kind === 'sequence').length > kinds.length / 2 ? 'sequence' : 'mapping';
    const alike = kept.filter((_entry, index) => kinds[index] === common);
    if (parse(alike.flat()) !== undefined) return alike.flat();
    return alike.reduce((longest, entry) => (entry.length > longest.length ? entry : longest), []);
  };
  const lines = repair(linesOf(text), 0);
  if (lines.length === 0) return undefined;
  const at: number[] = [];
  let length = 0;
  for (const line of lines) {
    at.push(length);
    length += line.text.length;
  }
  const repaired = lines.map((line) => line.text).join('');
  return { text: repaired, segments: { at, raw: lines.map((line) => line.start), length } };
}

function kindOf(value: unknown): 'sequence' | 'mapping' | 'scalar' {
  if (Array.isArray(value)) return 'sequence';
  return value !== null && typeof value === 'object' ? 'mapping' : 'scalar';
}

/** Lines with their ends, without blank ones and comments. */
function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)]
    .map((match): Line => {
      const content = match[0].trimStart();
      return {
        start: match.index,
        text: match[0],
        indent: match[0].length - content.length,
        isItem: /^-(?:\s|$)/.test(content),
      };
    })
    .filter((line) => !/^[ \t]*(?:#[^\r\n]*)?[\r\n]*$/.test(line.text));
}

/** Each with all that is indented below it; a list may stand at the indentation of its key. */
function entriesOf(lines: readonly Line[]): Line[][] {
  const indent = lines.reduce((least, line) => Math.min(least, line.indent), Infinity);
  const isList = lines.find((line) => line.indent === indent)?.isItem === true;
  const entries: Line[][] = [];
  for (const line of lines) {
    const begins = line.indent === indent && (isList || !line.isItem);
    if (begins || entries.length === 0) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return entries;
}
