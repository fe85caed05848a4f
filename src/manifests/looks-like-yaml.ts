const ENTRY = /^\s*(?:-\s|-$|[\w."'/$*{}()<>@-]{1,200}\s{0,8}:(?:\s|$))/;
const OBJECT = /^[ \t]*["']?(?:apiVersion|kind)["']?[ \t]*:/m;

/** Whether a text that did not parse was meant as YAML or JSON, and not as prose or a program. */
export function looksLikeYaml(text: string): boolean {
  const head = text.slice(0, 100_000);
  if (OBJECT.test(head)) return true;
  const start = head.trimStart();
  if (/^(?:\{(?!%)|\[\s*[[{"])/.test(start) && !start.startsWith('{{')) return /["'\w]\s*:/.test(head);
  const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !/^\s*(?:#|\{\{|\{%|%\{)/.test(line));
  const entries = lines.filter((line) => ENTRY.test(line)).length;
  return lines.length > 0 && ENTRY.test(lines[0] ?? '') && entries >= lines.length * 0.4;
}
