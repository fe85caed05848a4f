import { parseKubeletFlags } from '../kubelet/kubelet-flags.js';
import { understood, type Parsed } from './parsed.js';
import { applySplices, type Splice } from './splice.js';

/** A command line with these flags: each in its place where it is there already, the others at the end. All else stays. */
export function setFlags(
  commandLine: string,
  flags: readonly (readonly [name: string, value: string])[],
): Parsed<string> {
  const parsed = parseKubeletFlags(commandLine);
  if (!parsed.ok) return parsed;
  const { tokens } = parsed.value;
  const splices: Splice[] = [];
  const added: string[] = [];
  for (const [name, value] of flags) {
    const text = `--${name}=${value}`;
    // The last one counts; all are set, so that none contradicts.
    const there = tokens.filter((token) => token.name === name);
    if (there.length === 0) added.push(text);
    for (const token of there) if (token.value !== value) splices.push({ start: token.start, end: token.end, text });
  }
  const end = tokens.at(-1)?.end ?? commandLine.length;
  if (added.length > 0) splices.push({ start: end, end, text: ` ${added.join(' ')}` });
  return understood(applySplices(commandLine, splices));
}
