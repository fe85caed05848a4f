import { markdownText } from './markdown-text.js';

export interface FoldedInput {
  /** What it is about: a file's path; undefined where `state` says it all. */
  readonly name?: string;
  /** `new`, `changed`. */
  readonly state: string;
  readonly why: string;
  readonly body: readonly string[];
}

/** A section of Markdown that is closed until somebody opens it. */
export const markdownFolded = ({ name, state, why, body }: FoldedInput): string[] => [
  // Inside <summary> Markdown is not read, so the name is escaped as HTML.
  `<details><summary>${name === undefined ? html(state) : `<code>${html(name)}</code> (${html(state)})`}</summary>`,
  '',
  ...(why === '' ? [] : [markdownText(why), '']),
  ...body,
  '',
  '</details>',
  '',
];

const html = (text: string): string => markdownText(text).replace(/\\([\\`*_{}[\]()#+!|~])/g, '$1');
