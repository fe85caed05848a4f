import { firstLine } from './first-line.js';

const ENTRY =
  /^(?:-\s|-$|\{|\[(?!\[?[A-Za-z_][^\]{}:,]*\]\]?(?:\s|$))|%[A-Z]|[\w."'/$*{}()<>@-]{1,200}\s{0,8}:(?:\s|$))/;

/** Whether the first line that says something is an entry of a mapping or a list, or opens one. */
export const beginsLikeYaml = (text: string): boolean => ENTRY.test(firstLine(text));
