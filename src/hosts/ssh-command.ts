import { quote } from '../core/quote.js';
import type { SshTarget } from './ssh-target.js';

/**
 * Printed by a client that found no master to share; then nothing was started on the host. The inner shell holds the
 * pipe to ssh open until it has printed: ssh kills a proxy command whose end it sees.
 */
const NOT_SHARED = 'migrate-found-no-master';

const config = (target: SshTarget): string[] => [
  ...(target.sshConfigFile === undefined ? [] : ['-F', target.sshConfigFile]),
  ...(target.user === undefined ? [] : ['-l', target.user]),
];

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** What wins over the operator's configuration because nobody sits at this terminal and no shell is wanted. */
const OURS = [
  ['BatchMode', 'yes'],
  ['ServerAliveInterval', '5'],
  ['ServerAliveCountMax', '3'],
  ['ControlPersist', 'no'],
  ['RemoteCommand', 'none'],
  ['PermitLocalCommand', 'no'],
  ['ClearAllForwardings', 'yes'],
  ['LogLevel', 'INFO'],
].flatMap(([key, value]) => ['-o', `${key}=${value}`]);

/** The command lines of the system's ssh, the only ones there are. */
export const sshCommand = {
  notShared: NOT_SHARED,

  /** What a person would type to reach the same host. */
  byHand: (target: SshTarget): string => quote(['ssh', ...config(target), target.destination]),

  /** A connection of its own: the master when it has a control path to listen at. */
  connect: (target: SshTarget, controlPath: string | undefined, remote: readonly string[]): string[] => [
    ...['ssh', ...config(target), '-T', '-x', ...OURS],
    ...['-o', `ConnectTimeout=${seconds(target.connectTimeoutMs ?? 10_000)}`],
    ...[
      '-o',
      `ControlMaster=${controlPath === undefined ? 'no' : 'yes'}`,
      '-o',
      `ControlPath=${controlPath ?? 'none'}`,
    ],
    ...['--', target.destination, `exec ${quote(remote)}`],
  ],

  /**
   * A session in the master's connection. It reads no configuration, which saves time, and must not connect by itself
   * where the master is gone or refuses: only then is it sure that a command which did not start may be started again.
   */
  share: (controlPath: string, remote: readonly string[]): string[] => [
    ...['ssh', '-F', '/dev/null', '-S', controlPath, '-T', '-o', 'ControlMaster=no', '-o', 'LogLevel=ERROR'],
    ...['-o', 'BatchMode=yes', '-o', `ProxyCommand=sh -c "echo ${NOT_SHARED} >&2"`],
    ...['--', 'shared', `exec ${quote(remote)}`],
  ],

  /** Asks the master to forward a socket of this machine to one of the host, or to stop that. */
  forward: (controlPath: string, request: 'forward' | 'cancel', local: string, remote: string): string[] => [
    ...['ssh', '-F', '/dev/null', '-S', controlPath, '-O', request, '-L', `${local}:${remote}`, '--', 'shared'],
  ],
} as const;
