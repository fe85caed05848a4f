import type { Directive } from './find-directives.js';
import type { Span } from './span-node.js';

/** Of `if a … else b … end`: both, or the first part alone, or the last one alone. */
export type Branches = 'all' | 'first' | 'last';

interface Choice {
  readonly begin: Directive;
  readonly elses: Directive[];
}

/** The branches not taken. Two branches on one line would run into one value, so of those only the first is ever taken. */
export function branchSpans(text: string, directives: readonly Directive[], branches: Branches): Span[] {
  const spans: Span[] = [];
  const open: Choice[] = [];
  for (const directive of directives) {
    if (directive.kind === 'if' || directive.kind === 'define' || directive.kind === 'block') {
      open.push({ begin: directive, elses: [] });
    } else if (directive.kind === 'else') open.at(-1)?.elses.push(directive);
    else if (directive.kind === 'end') {
      const choice = open.pop();
      const first = choice?.elses[0];
      const last = choice?.elses.at(-1);
      if (choice === undefined || first === undefined || last === undefined) continue;
      const isInline =
        directive.end - choice.begin.start < 4000 && !/[\r\n]/.test(text.slice(choice.begin.start, directive.end));
      if (branches === 'last' && !isInline) spans.push({ start: choice.begin.end, end: last.start });
      else if (branches === 'first' || isInline) spans.push({ start: first.start, end: directive.start });
    }
  }
  return spans;
}
