export interface FlagMatch {
  /** Without dashes in front, `-` for `_`. */
  readonly name: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

// A value that starts with a dash is a flag of its own: --kubelet-extra-args '--network-plugin=cni'.
const FLAG = /(?<![\w-])--([a-z][a-z0-9_-]*)(?:(?:=|[ \t]{1,8})["']?(?!-)([^\s"',;\\]*))?/gi;

/** Every `--flag`, `--flag=value` and `--flag value` of a text, whatever quotes stand around it. */
export function* flagsIn(text: string): Generator<FlagMatch> {
  for (const match of text.matchAll(FLAG)) {
    const [all, name = '', value = ''] = match;
    yield { name: name.replaceAll('_', '-').toLowerCase(), value, offset: match.index, length: all.length };
  }
}
