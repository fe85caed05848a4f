import { dockerModulesInText } from './docker-modules-in-text.js';
import { dockerSocketsIn, type SocketMention } from './docker-sockets-in.js';
import { withoutComments } from './without-comments.js';

export interface SocketSetting extends SocketMention {
  readonly name: string;
}

const LINE = 300;
/** `KEY=value` anywhere and `key value` on a line of its own; in YAML, JSON and TOML the value comes as part of a document. */
const ASSIGNED = /(?:^|[\s;])([A-Za-z][\w.-]*)\s*=\s*$/;
const ALONE = /^\s*([A-Za-z][\w.-]*)\s+$/;
const OTHERS = /^(?:DOCKER_HOST|.*path|source|target|volumes?|bind|hostPathVolume)$/i;

/** Settings of a configuration in a language without structure of which the value is the Docker socket. */
export function* socketSettingsInText(text: string): Iterable<SocketSetting> {
  if (!text.includes('\n')) return;
  const bare = withoutComments(text);
  const mentions = dockerSocketsIn(bare);
  if (mentions.length === 0 || isStructure(bare) || [...dockerModulesInText(bare)].length > 0) return;
  for (const mention of mentions) {
    const near = bare.slice(Math.max(0, mention.offset - LINE), mention.offset);
    const before = near.slice(near.lastIndexOf('\n') + 1);
    const end = mention.offset + mention.text.length;
    const endsLine = /^[ \t]*;?\r?(?:\n|$)/.test(bare.slice(end, end + LINE));
    const [, name] = ASSIGNED.exec(before) ?? (endsLine ? ALONE.exec(before) : null) ?? [];
    if (name !== undefined && !OTHERS.test(name)) yield { ...mention, name };
  }
}

function isStructure(text: string): boolean {
  return /^\s*(?:[[{]\s*["{\]]|---|- |["'\w./-]+\s*:(?:\s|$))/.test(text);
}
