import { markdownText } from '../markdown-text.js';

/**
 * Text as Markdown that shows exactly that text and calls nobody: GitHub and GitLab look for `@name` and `#1` in what is
 * left of the Markdown, where a backslash is gone and only an element in between keeps the two apart.
 */
export const commentText = (text: string): string =>
  markdownText(text)
    .replace(/@(?=\w)/g, '<span>@</span>')
    .replace(/\\#(?=\w)/g, '<span>#</span>');
