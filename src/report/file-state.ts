import type { ConfigFile } from './config-report.js';

/** `new, mode 0644`. */
export function fileState({ before, content, mode }: Pick<ConfigFile, 'before' | 'content' | 'mode'>): string {
  const state = before === undefined ? 'new' : before === content ? 'as it is' : 'changed';
  return `${state}, mode ${mode.toString(8).padStart(4, '0')}`;
}
