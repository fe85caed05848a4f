import type { ShellCommand } from '../../manifests/shell-command.js';
import type { TextView } from '../../manifests/views.js';
import type { Hit } from '../rule.js';

/** Where a command stands; as evidence the command itself when it is spread over the words of a list. */
export function commandPlace(view: TextView, { offset, length }: ShellCommand): Pick<Hit, 'at' | 'evidence'> {
  const at = view.at(offset, length);
  return view.role === 'command' ? { at, evidence: view.text.slice(offset, offset + length) } : { at };
}
