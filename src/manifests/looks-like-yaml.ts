import { firstLine } from './first-line.js';

const ENTRY = /^\s*(?:-\s|-$|[\w."'/$*{}()<>@-]{1,200}\s{0,8}:(?:\s|$))/;

/** Programs that hold manifests as strings: a Jenkinsfile's Groovy, Python, TypeScript, Go. */
const PROGRAM =
  /^(?:#!|(?:pipeline|node|podTemplate|stage)\s*[({]|@Library|@Grab|(?:import|from|def|library|package|const|let|var|function|class)\s+[\w{'"*(]+(?!\s*:))/;

const OBJECT = /^[ \t]*["']?(?:apiVersion|kind)["']?[ \t]*:/m;

/** Whether a text that did not parse was meant as YAML or JSON, and not as prose or a program. */
export function looksLikeYaml(text: string): boolean {
  const head = text.slice(0, 100_000);
  if (PROGRAM.test(firstLine(head))) return false;
  if (OBJECT.test(head)) return true;
  const start = head.trimStart();
  if (/^(?:\{(?!%)|\[\s*[[{"])/.test(start) && !start.startsWith('{{')) return /["'\w]\s*:/.test(head);
  const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !/^\s*(?:#|\{\{|\{%|%\{)/.test(line));
  const entries = lines.filter((line) => ENTRY.test(line)).length;
  return lines.length > 0 && ENTRY.test(lines[0] ?? '') && entries >= lines.length * 0.4;
}
