import { posix } from 'node:path';
import { splitWords } from '../config/text/split-words.js';
import { parseFlags } from './parse-flags.js';

const DEFAULT_CONFIG = '/etc/containerd/config.toml';

/** The containerd that its unit starts, and the configuration it starts with; the bare name where the unit does not say. */
export function containerdCommand(execStart: string): { readonly binary: string; readonly configPath: string } {
  const words = splitWords(execStart.replace(/^[-@:+!|]+/, ''));
  const argv = words.ok ? words.value.map(({ value }) => value) : [];
  const flags = parseFlags(argv);
  const [program = ''] = argv;
  return {
    binary: posix.isAbsolute(program) ? program : 'containerd',
    configPath: flags['config'] ?? flags['c'] ?? DEFAULT_CONFIG,
  };
}
