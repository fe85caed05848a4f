/** A part of a text, in UTF-16 code units; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const CRON_FIELDS = /^\s*(?:@\w+|(?:[\d*A-Za-z,/-]+\s+){4}[\d*A-Za-z,/-]+)\s+/;
/** In /etc/crontab and /etc/cron.d a user stands before the command. */
const CRON_USER =
  /^(?:(?:root|nobody|daemon|admin|ubuntu|ec2-user|core|centos|jenkins|www-data)\s+|[a-z_][\w-]*\s+(?=[/[]|test\s|cd\s|docker\s|bash\s|sh\s))/;

/** The commands of a crontab's lines. */
export function* crontabCommands(text: string): Iterable<Stretch> {
  for (const { start, end } of lines(text)) {
    const first = text.charCodeAt(start);
    if (first === 35 || end - start < 8) continue;
    const line = text.slice(start, Math.min(end, start + 400));
    const schedule = CRON_FIELDS.exec(line);
    if (schedule === null) continue;
    const behind = line.slice(schedule[0].length);
    const user = RUNS.test(behind) ? null : CRON_USER.exec(behind);
    yield { start: start + schedule[0].length + (user?.[0].length ?? 0), end };
  }
}

/** Commands that would else be taken for a user. */
const RUNS =
  /^(?:docker|sudo|env|nice|flock|cd|test|find|bash|sh|sleep|rsync|tar|cp|mv|rm|ls|cat|python\d?|php|perl|node)\s/;

const EXEC = /^\s*Exec(?:Start|Stop|Reload|Condition)(?:Pre|Post)?\s*=\s*[-@+!:]*\s*/;

/** What a unit starts, without the prefixes that say how; continued lines included. */
export function* unitCommands(text: string): Iterable<Stretch> {
  let open: Stretch | undefined;
  for (const { start, end } of lines(text)) {
    const continues = text.charCodeAt(end - 1) === 92;
    if (open !== undefined) open = { start: open.start, end };
    else {
      const head = EXEC.exec(text.slice(start, Math.min(end, start + 200)));
      if (head === null) continue;
      open = { start: start + head[0].length, end };
    }
    if (continues) continue;
    yield open;
    open = undefined;
  }
  if (open !== undefined) yield open;
}

/** Zabbix' items, NRPE's commands, and what sudoers(5) lets someone run. */
const SETTING =
  /^\s*(?:UserParameter\s*=[^,]{1,200},|command\[[^\]]{1,100}\]\s*=|[%\w+.-]{1,100}\s+\w+\s*=\s*(?:\([\w:, -]{0,100}\)\s*(?:[A-Z]+:\s*)*|(?:[A-Z]+:\s*)+)(?=\/))/;

/** The commands that settings of monitoring agents and of sudo hold. */
export function* settingCommands(text: string): Iterable<Stretch> {
  if (!/UserParameter|command\[|ALL/.test(text)) return;
  for (const { start, end } of lines(text)) {
    const head = SETTING.exec(text.slice(start, Math.min(end, start + 500)));
    if (head !== null) yield { start: start + head[0].length, end };
  }
}

function* lines(text: string): Iterable<Stretch> {
  for (let start = 0; start < text.length;) {
    const stop = text.indexOf('\n', start);
    const next = stop === -1 ? text.length : stop;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    yield { start, end };
    start = next + 1;
  }
}
