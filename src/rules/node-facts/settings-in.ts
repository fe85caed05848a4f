import type { DaemonFlag } from './daemon-flags.js';
import { isRecord } from './is-record.js';

/** Settings of dockerd by key, as its flags give them one after the other. */
export function settingsIn(flags: readonly DaemonFlag[]): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const { key, value } of flags) {
    const before = settings[key];
    if (Array.isArray(before) && Array.isArray(value))
      settings[key] = [...(before as unknown[]), ...(value as unknown[])];
    else settings[key] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
  return settings;
}
