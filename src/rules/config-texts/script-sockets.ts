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
  return mentions.filter(({ offset }) => {
    const holder = innermost(view.commands(), offset);
    if (holder !== undefined && holder.name !== '')
      return !SILENT.test(holder.name) && !isSetting(view.text, offset, 'DOCKER_HOST');
    return isSetting(view.text, offset) && !isSetting(view.text, offset, 'DOCKER_HOST');
  });
}

function innermost(commands: readonly ShellCommand[], offset: number): ShellCommand | undefined {
  let found: ShellCommand | undefined;
  for (const command of commands) {
    if (command.offset > offset || command.offset + command.length <= offset) continue;
    if (found === undefined || command.length < found.length) found = command;
  }
  return found;
}

/** `NAME=` stands right before. */
function isSetting(text: string, offset: number, name?: string): boolean {
  const [, found] = /(\w+)=["']?(?:\$\{\w+:-)?$/.exec(text.slice(Math.max(0, offset - 80), offset)) ?? [];
  return found !== undefined && (name === undefined || found === name);
}
