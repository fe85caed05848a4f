import type { TextRole } from './views.js';

/** Of systemd.unit(5) and its kin, systemd-networkd's left out. */
const UNIT_SECTION =
  /^\[(?:Unit|Install|Service|Socket|Timer|Mount|Automount|Swap|Path|Slice|Scope|Target|Manager|Journal)\]$/;
const SECTION = /^\[{1,2}[^[\]{}",]+(?:"[^"]*"[^[\]{}",]*)*\]{1,2}\s*(?:[#;].*)?$/;
const ASSIGNMENT = /^(?:export\s+)?[A-Za-z_][\w.]*=/;
const NAME_VALUE = /^[\w.-]+\s*=/;
/** Five fields, or a nickname; then a command. */
const SCHEDULE =
  /^(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every\s+\S+)|(?:[\d*][\d*,/-]*\s+){3}(?:[\d*]|[A-Za-z]{3}\b)[\w*,/-]*\s+(?:[\d*]|[A-Za-z]{3}\b)[\w*,/-]*)\s+\S/;
/** Fluentd's directives, and XML. */
const TAG =
  /^<(?:\/?(?:source|match|filter|system|label|parse|store|worker|\?xml|configuration|config)\b|[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*["'])|[A-Za-z][\w:.-]*>)/;
/** Lines that only a POSIX shell's script has. */
const SHELL_LINE =
  /^(?:set\s+[-+][a-zA-Z]|(?:fi|done|esac)\s*(?:[;#|&>].*)?$|if\s+(?:!\s+)?\[{1,2}\s|(?:function\s+)?[\w-]+\s*\(\)\s*\{|alias\s+[\w.-]+=)/;

/** More lines than these do not change what a text is. */
const MAX_LINES = 2000;

/** What a text is for, told from its content alone. */
export function textRole(text: string): TextRole {
  if (text.startsWith('#!')) return 'script';
  if (text.startsWith('#cloud-boothook')) return 'script';
  if (/^(?:Content-Type:\s*multipart\/|MIME-Version:)/i.test(text)) return /^#!/m.test(text) ? 'script' : 'config';
  const lines = significantLines(text);
  const [first] = lines;
  if (first === undefined) return 'unknown';
  if (SECTION.test(first) && lines.length > 1) return lines.some((line) => UNIT_SECTION.test(line)) ? 'unit' : 'config';
  if (lines.every((line) => ASSIGNMENT.test(line))) return lines.some(runsSomething) ? 'script' : 'environment';
  const schedules = lines.filter((line) => SCHEDULE.test(line)).length;
  if (schedules > 0 && lines.every((line) => SCHEDULE.test(line) || NAME_VALUE.test(line))) return 'crontab';
  if (TAG.test(first) || (first.startsWith('@include') && first.length > 8))
    return isHtml(first) ? 'unknown' : 'config';
  if (lines.some((line) => SHELL_LINE.test(line))) return 'script';
  if (lines.some((line) => /^<(?:source|match|filter)\b/.test(line))) return 'config';
  // Logstash.
  if (/^(?:input|filter|output)\s*\{/.test(first)) return 'config';
  if (!NAME_VALUE.test(first)) return 'unknown';
  return lines.every((line) => NAME_VALUE.test(line)) || lines.some((line) => SECTION.test(line))
    ? 'config'
    : 'unknown';
}

/** `NAME=$(command)`, of which only a shell knows what to make; not so a make variable's `$(NAME)`. */
const runsSomething = (line: string): boolean =>
  /^(?:export\s+)?[A-Za-z_][\w.]*=["']?[^"'\s`]*(?:`|\$\([^()\s]+\s)/.test(line);

const isHtml = (line: string): boolean => /^<(?:html|head|body|div|p|h\d|a|img)\b/i.test(line);

/** Without blank lines and comments, trimmed; a line that ends with a backslash goes on in the next one. */
function significantLines(text: string): string[] {
  const lines: string[] = [];
  const next = /[^\r\n]+/g;
  let continued = false;
  for (let match = next.exec(text); match !== null && lines.length < MAX_LINES; match = next.exec(text)) {
    // A line of megabytes is judged by its beginning.
    const line = match[0].slice(0, 4096).trim();
    if (!continued && line !== '' && !/^[#;]/.test(line)) lines.push(line);
    continued = match[0].endsWith('\\');
  }
  return lines;
}
