import { markdownCode } from '../markdown-code.js';

/** Text as a code span outside of tables, where a pipe needs no backslash and would show one. */
export const codeSpan = (text: string): string => markdownCode(text).replace(/\\\|/g, '|');
