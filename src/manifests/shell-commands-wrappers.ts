/** How a command that runs another one is taken off. */
export interface Wrapper {
  /** Options whose value is the next word. */
  readonly valued?: readonly string[];
  /** Words before the command that are no options: a user, a directory, a duration. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: true;
  /** The words behind are one shell's text, as with `eval`. */
  readonly evaluates?: true;
}

export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  [
    'sudo',
    {
      valued: ['-u', '-g', '-h', '-p', '-C', '-T', '-r', '-t', '-U', '-D', '-R', '--user', '--group'],
      assignments: true,
    },
  ],
  ['doas', { valued: ['-u', '-C'], assignments: true }],
  ['env', { valued: ['-u', '-C', '--unset', '--chdir'], assignments: true }],
  ['nohup', {}],
  ['setsid', {}],
  ['time', { valued: ['-f', '-o', '--format', '--output'] }],
  ['timeout', { valued: ['-k', '-s', '--kill-after', '--signal'], operands: 1 }],
  ['exec', { valued: ['-a'] }],
  ['builtin', {}],
  ['nice', { valued: ['-n', '--adjustment'] }],
  ['ionice', { valued: ['-c', '-n', '--class', '--classdata'] }],
  ['chrt', { operands: 1 }],
  ['taskset', { operands: 1 }],
  ['stdbuf', { valued: ['-i', '-o', '-e'] }],
  ['unbuffer', {}],
  ['flock', { valued: ['-w', '-E', '--timeout'], operands: 1 }],
  [
    'xargs',
    {
      valued: [
        '-I',
        '-i',
        '-n',
        '-P',
        '-L',
        '-d',
        '-a',
        '-s',
        '-E',
        '--max-args',
        '--max-procs',
        '--delimiter',
        '--arg-file',
        '--replace',
      ],
    },
  ],
  ['parallel', { valued: ['-j', '--jobs'] }],
  ['watch', { valued: ['-n', '--interval'], evaluates: true }],
  ['eval', { evaluates: true }],
  ['chroot', { operands: 1 }],
  ['tini', { valued: ['-p', '-e'] }],
  ['dumb-init', { valued: ['-r', '--rewrite'] }],
  ['gosu', { operands: 1 }],
  ['su-exec', { operands: 1 }],
  ['busybox', {}],
  [
    'systemd-run',
    {
      valued: [
        '-p',
        '-u',
        '-M',
        '-H',
        '--unit',
        '--property',
        '--on-calendar',
        '--slice',
        '--description',
        '-E',
        '--setenv',
      ],
    },
  ],
  ['systemd-inhibit', {}],
  ['systemd-cat', { valued: ['-t', '-p', '--identifier', '--priority'] }],
  ['unshare', {}],
  ['nsenter', { valued: ['-t', '--target', '-S', '-G', '--setuid', '--setgid'] }],
  ['retry', { valued: ['-t', '-d', '--times', '--delay'] }],
]);
