import type { Readable, Writable } from 'node:stream';
import type { Host } from '../core/ports.js';

export interface ShellOptions {
  /** Default 30,000. */
  readonly timeoutMs?: number;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** What error messages call it; the command's own words otherwise. */
  readonly what?: string;
  /** Doing it twice is doing it once: it is tried again when the connection broke while it ran. */
  readonly repeatable?: boolean;
}

export interface ShellResult {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** A running process with open stdin and stdout. */
export interface PipedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  kill(): void;
}

/**
 * The one thing that differs between this machine and another: how a process is started there, as root. All that a host
 * can do is built on it, so that a local and a remote host behave alike.
 */
export interface Shell {
  readonly name: string;
  readonly via: Host['via'];
  /** Runs to the end. Throws `unreachable`, `denied`, `timeout`, `interrupted`; any exit code is an answer. */
  exec(argv: readonly string[], options?: ShellOptions): Promise<ShellResult>;
  pipe(argv: readonly string[]): Promise<PipedProcess>;
}
