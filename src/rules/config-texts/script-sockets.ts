import type { ShellCommand } from '../../manifests/shell-command.js';
import type { TextView } from '../../manifests/views.js';
import { dockerSocketsIn, type SocketMention } from './docker-sockets-in.js';
import { withoutComments } from './without-comments.js';

/** They say the socket's name, or are told of by another rule. */
const SILENT = /^(?:echo|printf|logger|docker(?:-compose|d)?|kubelet|hyperkube)$/;

/** Mentions of the Docker socket in what a script does: in the words of a command, or given to a variable. */
export function scriptSockets(view: TextView): SocketMention[] {
  const mentions = dockerSocketsIn(withoutComments(view.text));
  if (mentions.length === 0) return mentions;
  const commands = view.commands();
  let open: ShellCommand[] = [];
  let next = 0;
  // Both come in the text's order, so that one pass finds the commands around each mention.
  return mentions.filter(({ offset }) => {
    for (let command = commands[next]; command !== undefined && command.offset <= offset; command = commands[next]) {
      open.push(command);
      next += 1;
    }
    open = open.filter((command) => offset < command.offset + command.length);
    const holder = innermost(open);
    if (isSetting(view.text, offset, 'DOCKER_HOST') || open.some(makesPod)) return false;
    return holder === undefined || holder.name === '' ? isSetting(view.text, offset) : !SILENT.test(holder.name);
  });
}

function innermost(commands: readonly ShellCommand[]): ShellCommand | undefined {
  return commands.reduce<ShellCommand | undefined>(
    (least, one) => (least === undefined || one.length < least.length ? one : least),
    undefined,
  );
}

/** `kubectl run --overrides=JSON`: what is in the JSON is told of as a pod. */
function makesPod({ name, words }: ShellCommand): boolean {
  return (name === 'kubectl' || name === 'oc') && words.some((word) => word.startsWith('--overrides'));
}

/** `NAME=` stands right before. */
function isSetting(text: string, offset: number, name?: string): boolean {
  const [, found] = /(\w+)=["']?(?:\$\{\w+:-)?$/.exec(text.slice(Math.max(0, offset - 80), offset)) ?? [];
  return found !== undefined && (name === undefined || found === name);
}
