import { MigrateError } from '../core/errors.js';
import type { FileStat } from '../core/ports.js';

const TYPES: Readonly<Record<number, FileStat['type']>> = {
  0x8000: 'file',
  0x4000: 'directory',
  0xa000: 'symlink',
  0xc000: 'socket',
};

/** Reads `%f %u %g %s` of stat, and after it where a symlink points to, which may hold newlines itself. */
export function parseStat(output: Uint8Array): FileStat {
  const text = Buffer.from(output).toString('utf8');
  const [line = ''] = text.split('\n', 1);
  const [, hex = '', uid, gid, size] = /^([0-9a-f]+) (\d+) (\d+) (\d+)$/.exec(line) ?? [];
  if (hex === '') throw new MigrateError('failed', `stat answered "${line}", which is not what it was asked for.`);
  const bits = Number.parseInt(hex, 16);
  const type = TYPES[bits & 0xf000] ?? 'other';
  const stat = { type, mode: bits & 0o7777, uid: Number(uid), gid: Number(gid), sizeBytes: Number(size) };
  return type === 'symlink' ? { ...stat, linkTarget: text.slice(line.length + 1) } : stat;
}
