import type { Place } from '../../manifests/place.js';
import type { ContainerView, Word } from '../../manifests/views.js';

export interface Argument {
  /** `--flag=value`, also where the value is a word of its own; else the word. */
  readonly text: string;
  readonly at: Place;
}

interface Token {
  readonly text: string;
  readonly at: Place;
}

/** The words of a container's command and arguments, those of a shell's command line one by one. */
export function argumentsOf(container: ContainerView): readonly Argument[] {
  const tokens = [...container.command, ...container.args].flatMap(tokensOf);
  return tokens.map((token, index) => {
    const next = tokens[index + 1];
    return {
      text: next !== undefined && isValue(next, token) ? `${token.text}=${next.text}` : token.text,
      at: token.at,
    };
  });
}

/** A whole command line is no value: that is `sh -c "…"`. */
function isValue(value: Token, flag: Token): boolean {
  if (!/^--?\w[\w.-]*$/.test(flag.text) || value.text.startsWith('-')) return false;
  return value.at.offset === undefined || value.at.path === flag.at.path;
}

function tokensOf({ text, path }: Word): readonly Token[] {
  if (!/[\s"']/.test(text)) return [{ text, at: { path } }];
  return [...text.matchAll(/[^\s"';|&()]+/g)].map(({ 0: token, index }) => ({
    text: token,
    at: { path, offset: index, length: token.length },
  }));
}
