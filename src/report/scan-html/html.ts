import { printable } from '../printable.js';

// A symbol cannot come out of JSON: nothing foreign passes for markup.
const MARKUP = Symbol('markup');

/** Markup that is safe to write into a page as it is. */
export interface Html {
  readonly [MARKUP]: string;
}

export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Templates are laid out to be read; in a page of thousands of findings their indentation would be a third of it. */
const compact = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * A tag for templates: what is put in is escaped, be it text or the value of a quoted attribute; only what this tag made
 * stays markup. `undefined` and `false` leave nothing, lists are put end to end.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let parts = compact.get(strings);
  if (parts === undefined) {
    parts = strings.map((part) => part.replace(/\s*\n\s*/g, '\n'));
    compact.set(strings, parts);
  }
  return { [MARKUP]: parts.reduce((text, part, index) => text + markup(values[index - 1]) + part) };
}

/** What the markup looks like in a file. */
export function markup(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return printable(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
  return MARKUP in value ? value[MARKUP] : value.map(markup).join('');
}
