import type { Path, Place } from './place.js';
import type { ShellCommand } from './shell-command.js';
import { shellCommands } from './shell-commands.js';
import type { ContainerView, PodView, TextRole, TextView, Word } from './views.js';

/** Whose a text is, and where. */
export type TextHead = Pick<
  TextView,
  'object' | 'apiVersion' | 'annotations' | 'source' | 'path' | 'key' | 'pod' | 'container'
>;

/** A text that stands at its path as it is. */
export function textView(head: TextHead, role: TextRole, text: string): TextView {
  return new PlacedText(head, role, text, (offset, length) => ({ path: head.path, offset, length }));
}

/** A text that was encoded where it stands: no place inside of it can be told. */
export function decodedTextView(head: TextHead, role: TextRole, text: string): TextView {
  return new PlacedText(head, role, text, () => ({ path: head.path }));
}

/** An argv; the text is its words, quoted where a shell would need it. */
export function argvView(head: TextHead, words: readonly Word[]): TextView {
  const quoted = words.map(({ text }) => quote(text));
  return new PlacedText(head, 'command', quoted.join(' '), (offset) => {
    let end = 0;
    for (const [index, word] of quoted.entries()) {
      end += word.length + 1;
      if (offset < end) return { path: words[index]?.path ?? head.path };
    }
    return { path: head.path };
  });
}

class PlacedText implements TextView {
  readonly object: TextView['object'];
  readonly apiVersion: string;
  readonly annotations: TextView['annotations'];
  readonly source: TextView['source'];
  readonly path: Path;
  readonly key: string;
  declare readonly pod?: PodView;
  declare readonly container?: ContainerView;
  private knownCommands: readonly ShellCommand[] | undefined;

  constructor(
    head: TextHead,
    readonly role: TextRole,
    readonly text: string,
    private readonly placeOf: (offset: number, length: number) => Place,
  ) {
    this.object = head.object;
    this.apiVersion = head.apiVersion;
    this.annotations = head.annotations;
    this.source = head.source;
    this.path = head.path;
    this.key = head.key;
    if (head.pod !== undefined) this.pod = head.pod;
    if (head.container !== undefined) this.container = head.container;
  }

  commands(): readonly ShellCommand[] {
    return (this.knownCommands ??= shellCommands(this.text, this.role));
  }

  at(offset: number, length: number): Place {
    return this.placeOf(offset, length);
  }
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
