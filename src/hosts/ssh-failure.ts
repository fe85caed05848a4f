import { MigrateError, type ErrorCode } from '../core/errors.js';

interface Sign {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly sentence: (host: string, match: RegExpExecArray, said: string) => string;
  /** `byHand` is the command that the reader would type to connect. */
  readonly hint: (byHand: string, match: RegExpExecArray, said: string) => string;
}

const SIGNS: readonly Sign[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    code: 'denied',
    sentence: (host) => `${host}: the host key is not the one that is known for it.`,
    hint: (_byHand, _match, said) => {
      const [, entry] = /Offending .*key in (.+:\d+)/.exec(said) ?? [];
      return `Find out whether the machine was installed anew or somebody stands in between. If its new key is right, replace ${entry ?? 'its entry in known_hosts'}.`;
    },
  },
  {
    pattern: /Host key verification failed|No (\S+) host key is known for (\S+)/,
    code: 'denied',
    sentence: (host) => `${host}: the host key is not known.`,
    hint: (byHand, _match, said) => {
      const [, known] = /No \S+ host key is known for (\S+) and/.exec(said) ?? [];
      return `Compare the key's fingerprint with the one on the machine's console and add it to known_hosts${known === undefined ? '' : ` for ${known}`}; "${byHand}" asks for it.`;
    },
  },
  {
    pattern: /Could not resolve hostname (\S+?): /,
    code: 'unreachable',
    sentence: (host, [, name]) => `${host}: the name ${name} cannot be resolved.`,
    hint: () => 'Name the host in your ssh configuration, or say where it is with --ssh-host.',
  },
  {
    pattern: /Permission denied \(([^)]*)\)|Too many authentication failures/,
    code: 'denied',
    sentence: (host, [, methods]) => `${host}: ssh was not let in${methods === undefined ? '' : ` (${methods})`}.`,
    hint: (_byHand, _match, said) => {
      const [key] = /(?:Load key|Identity file|Permissions \d+ for) [^\n]*/.exec(said) ?? [];
      const offered = 'Check the user (--ssh-user) and that its key is in your agent or named as IdentityFile';
      return key === undefined
        ? `${offered}; nobody can be asked for a password here.`
        : `${offered}: ssh says "${key.trim()}".`;
    },
  },
  {
    pattern: /(?:Your password has expired|Password change required)/i,
    code: 'denied',
    sentence: (host) => `${host}: the login user's password has expired.`,
    hint: () => 'Set a new one by hand, or log in as another user.',
  },
  {
    pattern: /connect to (?:host|address) (\S+) port (\d+): Connection refused/,
    code: 'unreachable',
    sentence: (host, [, address, port]) => `${host}: nothing listens at ${address} port ${port}.`,
    hint: () => 'Check that sshd runs there and that the port in your ssh configuration is right.',
  },
  {
    pattern: /connect to (?:host|address) (\S+) port (\d+): (?:Connection|Operation) timed out|timed out during banner/,
    code: 'unreachable',
    sentence: (host, [, address, port]) =>
      `${host}: no answer${address === undefined ? '' : ` from ${address} port ${port}`} in time.`,
    hint: () => 'Check that the machine is up, and whether a jump host or a firewall stands in between.',
  },
  {
    pattern: /(No route to host|Network is unreachable)/,
    code: 'unreachable',
    sentence: (host, [, reason]) => `${host}: ${reason}.`,
    hint: () => 'Check that the machine is up, and whether it needs a jump host in your ssh configuration.',
  },
  {
    pattern:
      /(Bad configuration option: \S+|Can't open user config file [^\n]*|terminating, \d+ bad configuration[^\n]*|unknown cipher[^\n]*|Bad owner or permissions on \S+)/i,
    code: 'input',
    sentence: (host, [, reason]) => `${host}: the ssh configuration cannot be used: ${reason?.trim()}`,
    hint: (byHand) => `Run "${byHand}" until it answers.`,
  },
  {
    pattern: /no matching [^\n]* found[^\n]*/i,
    code: 'unreachable',
    sentence: (host, [reason]) => `${host}: ssh and sshd find no common ground: ${reason?.trim()}`,
    hint: () => 'Allow an algorithm that both know, for this host, in your ssh configuration.',
  },
];

/** What ssh's last words before it gave up a connection mean. */
export function sshFailure(host: string, byHand: string, said: string): MigrateError {
  for (const { pattern, code, sentence, hint } of SIGNS) {
    const match = pattern.exec(said);
    if (match !== null) return new MigrateError(code, sentence(host, match, said), { hint: hint(byHand, match, said) });
  }
  const last = said.trim().split('\n').at(-1)?.trim() ?? '';
  return new MigrateError('unreachable', `${host}: ssh could not connect${last === '' ? '.' : `: ${last}`}`, {
    hint: `Try "${byHand}" by hand.`,
  });
}
