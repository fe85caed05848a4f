/** What went wrong, by whose hands it can be mended; see {@link exitCodeOf} for what each means to the shell. */
export type ErrorCode =
  | 'usage' // the command line
  | 'input' // a file, a name or a setting that the user gave
  | 'unreachable' // a host, a socket or the API server
  | 'denied' // credentials, sudo, RBAC
  | 'not-found'
  | 'blocked' // the plan says no
  | 'stale' // the plan rests on facts that have moved
  | 'timeout'
  | 'interrupted'
  | 'failed' // a command or a request answered with an error
  | 'bug';

export interface ErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error class: a sentence that names its subject, and a hint where the reader can act. */
export class MigrateError extends Error {
  override readonly name = 'MigrateError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** The sentence of anything thrown, for use inside another sentence. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The exit codes of the command, as `docs/architecture.md` lists them. */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  undecided: 3,
  blocked: 4,
  rolledBack: 5,
  needsHands: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case 'usage':
    case 'input':
    case 'unreachable':
    case 'denied':
    case 'not-found':
      return EXIT.usage;
    case 'blocked':
    case 'stale':
      return EXIT.blocked;
    case 'interrupted':
      return EXIT.interrupted;
    case 'timeout':
    case 'failed':
    case 'bug':
      return EXIT.needsHands;
  }
}
