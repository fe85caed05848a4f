import { hostname } from 'node:os';
import type { Host } from '../core/ports.js';
import { dialLocally } from './dial-locally.js';
import { localShell } from './local-shell.js';
import { posixHost } from './posix-host.js';

export interface LocalHostOptions {
  /** The machine's own name by default. */
  readonly name?: string;
  /** Whether root's rights are got through sudo; by default where the user is not root. */
  readonly sudo?: boolean;
}

/** This machine. */
export function localHost(options: LocalHostOptions = {}): Host {
  const sudo = options.sudo ?? process.getuid?.() !== 0;
  const shell = localShell({ name: options.name ?? hostname(), sudo });
  return posixHost(shell, (socketPath) => dialLocally(shell, socketPath, { sudo }));
}
