export interface RawOutput {
  /** Undefined when a signal ended the process. */
  readonly exitCode: number | undefined;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export type Unframed =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: Uint8Array; readonly stderr: string }
  /** The command started, how it ended is not known. */
  | { readonly kind: 'lost'; readonly stderr: string }
  | { readonly kind: 'not-started'; readonly exitCode: number | undefined; readonly stderr: string };

/** Tells the command's own output and exit code from those of ssh, sudo and the login shell around it. */
export function unframe(mark: string, raw: RawOutput): Unframed {
  const text = Buffer.from(raw.stderr).toString('utf8');
  const started = text.indexOf(mark);
  const bytes = Buffer.from(raw.stdout.buffer, raw.stdout.byteOffset, raw.stdout.byteLength);
  const outputAt = bytes.indexOf(mark);
  // nologin says on stdout why it lets nobody in.
  if (started === -1)
    return { kind: 'not-started', exitCode: raw.exitCode, stderr: text.trim() === '' ? bytes.toString('utf8') : text };

  const own = text.slice(text.indexOf('\n', started) + 1);
  const confirmed = own.lastIndexOf(mark);
  const code = raw.exitCode;
  if (code === undefined || outputAt === -1 || (code === 255 && confirmed === -1)) return { kind: 'lost', stderr: own };
  const stderr = confirmed === -1 ? own : own.slice(0, confirmed) + own.slice(confirmed + mark.length);
  return { kind: 'ended', code, stdout: bytes.subarray(outputAt + mark.length), stderr };
}
