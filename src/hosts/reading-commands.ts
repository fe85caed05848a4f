import { argumentRules, type Reads } from './argument-rules.js';

const { always, none, exactly, startsWith, either, without, flagsOnlyOf, afterOptions } = argumentRules;

const version = exactly('--version');
const shortVersion = exactly('--version', '-v');

const APT_VERBS = ['install', 'remove', 'purge', 'upgrade', 'dist-upgrade', 'autoremove'];
const APT_FLAGS = [
  /^-(?:q{1,2}|y|V)$/,
  /^--(?:no-install-recommends|allow-downgrades|allow-change-held-packages|no-remove|purge|auto-?remove)$/,
];
const DNF_FLAGS = [/^-q$/, /^--(?:showduplicates|available|installed)$/];
const JOURNAL_FLAGS = [
  /^-(?:[krqaxm]+|[unobptgSU]|[nob]\d+)$/,
  /^--(?:no-pager|utc|quiet|reverse|all|dmesg|no-hostname)$/,
  /^--(?:unit|lines|output|boot|since|until|priority|identifier|grep|output-fields)(?:=.*)?$/,
];
const IP_FLAG = /^-(?:4|6|j|json|d|details|s|o|br|brief|p)$/;
const IP_OBJECTS = ['a', 'addr', 'address', 'l', 'link', 'r', 'route', 'ru', 'rule', 'n', 'neigh', 'netns'];

/** Every pair of a name and a verb, as words. */
const pairs = (names: readonly string[], verbs: readonly string[]): string[] =>
  names.flatMap((name) => verbs.map((verb) => `${name} ${verb}`));

/**
 * What each program may be asked by those who only look. Anything that is not here is refused. A shell never is here,
 * nor env, sudo, nsenter or xargs, which would run whatever follows.
 */
export const readingCommands: Readonly<Record<string, Reads>> = {
  'apt-cache': startsWith(['policy', 'madison', 'show', 'showpkg', 'depends', 'rdepends'], flagsOnlyOf(/^-q$/)),
  // apt's own -o and --no-simulate would take the simulation back, and `update` does not heed it.
  'apt-get': startsWith(
    ['-s', '--simulate', '--dry-run', '--just-print', '--no-act'],
    afterOptions(
      { bare: ['-q', '-qq', '-y', '-V', '--no-install-recommends'] },
      startsWith(APT_VERBS, flagsOnlyOf(...APT_FLAGS)),
    ),
  ),
  'apt-mark': startsWith(['showmanual', 'showauto', 'showhold'], flagsOnlyOf()),
  cat: always,
  conmon: version,
  // A stray word would not be an error but start the daemon.
  containerd: afterOptions(
    { valued: ['-c', '--config'] },
    either(shortVersion, exactly('config dump', 'config default', 'config migrate')),
  ),
  'cri-dockerd': version,
  crictl: afterOptions(
    { valued: ['-r', '--runtime-endpoint', '-i', '--image-endpoint', '-c', '--config', '-t', '--timeout'] },
    either(
      shortVersion,
      startsWith([
        'version',
        'info',
        'ps',
        'pods',
        'images',
        'inspect',
        'inspectp',
        'inspecti',
        'imagefsinfo',
        'stats',
      ]),
    ),
  ),
  // A stray word would not be an error but start the daemon.
  crio: afterOptions(
    { valued: ['-c', '--config', '-d', '--config-dir'] },
    either(shortVersion, exactly('version', 'config')),
  ),
  ctr: afterOptions(
    { valued: ['-a', '--address', '-n', '--namespace', '--connect-timeout', '--timeout'] },
    either(
      shortVersion,
      startsWith(['version']),
      startsWith(pairs(['plugins', 'plugin', 'content', 'leases', 'namespaces', 'namespace', 'ns'], ['ls', 'list'])),
      startsWith(pairs(['images', 'image', 'i'], ['ls', 'list', 'check'])),
      startsWith(pairs(['containers', 'container', 'c', 'snapshots', 'snapshot'], ['ls', 'list', 'info'])),
      startsWith(pairs(['tasks', 'task', 't'], ['ls', 'list', 'ps'])),
    ),
  ),
  // A word without a plus sets the clock.
  date: (args) => args.every((arg) => /^(?:\+.*|-[uR]|--utc|-I\w*|--iso-8601(?:=\w+)?|--rfc-3339=\w+)$/.test(arg)),
  df: always,
  dnf: startsWith(pairs(['-C', '-q -C'], ['list', 'info', 'repoquery', 'repolist']), flagsOnlyOf(...DNF_FLAGS)),
  docker: afterOptions(
    { valued: ['-H', '--host'] },
    either(
      shortVersion,
      startsWith(['ps', 'info', 'version', 'images', 'inspect', 'system df', 'system info']),
      startsWith(pairs(['container', 'image', 'volume', 'network'], ['ls', 'inspect'])),
    ),
  ),
  dockerd: shortVersion,
  dpkg: startsWith(['-l', '-L', '-s', '-S', '--print-architecture'], flagsOnlyOf()),
  'dpkg-query': always,
  du: always,
  find: without(/^-(?:exec|execdir|ok|okdir|delete|fls|fprint|fprint0|fprintf)$/),
  findmnt: always,
  getenforce: none,
  getent: always,
  grep: always,
  head: always,
  // A word that is no flag sets the name.
  hostname: (args) =>
    args.every((arg) => /^(?:-[fsdiIA]|--(?:fqdn|long|short|domain|ip-address|all-ip-addresses))$/.test(arg)),
  hyperkube: exactly('kubelet --version'),
  id: always,
  ip: (args) => {
    const words = args.filter((arg) => !IP_FLAG.test(arg));
    return either(exactly(...IP_OBJECTS), startsWith(pairs(IP_OBJECTS, ['show', 'list', 'ls'])))(words);
  },
  // Its -M names a program to run, its -f a file to write.
  'iptables-save': flagsOnlyOf(/^-[ct]$/),
  journalctl: flagsOnlyOf(...JOURNAL_FLAGS),
  kubeadm: startsWith(['version']),
  kubelet: version,
  ls: always,
  lsblk: always,
  lsmod: none,
  modinfo: flagsOnlyOf(/^-[Fadlpn]$/),
  mount: none,
  nft: exactly('list ruleset', '-j list ruleset', 'list tables'),
  nproc: always,
  ps: always,
  readlink: always,
  rpm: startsWith(
    ['-q', '-qa', '-qi', '-qf', '-ql', '-qc', '--query'],
    flagsOnlyOf(/^-[aiflc]$/, /^--(?:all|last|qf|queryformat|whatprovides|whatrequires)(?:=.*)?$/),
  ),
  runc: shortVersion,
  sha256sum: always,
  skopeo: version,
  // Its -K closes connections.
  ss: flagsOnlyOf(/^-[xlntupaeH]+$/),
  stat: always,
  sysctl: (args) => args.every((arg) => /^(?:-[naNe]+|\w[^=]*)$/.test(arg)),
  systemctl: afterOptions(
    { bare: ['--no-pager', '--no-legend', '--plain', '--full', '-l', '--all', '-a', '--quiet', '-q'] },
    startsWith([
      ...['show', 'cat', 'status', 'is-enabled', 'is-active', 'is-failed', 'is-system-running', 'get-default'],
      ...[
        'list-units',
        'list-unit-files',
        'list-sockets',
        'list-timers',
        'list-jobs',
        'list-dependencies',
        '--version',
      ],
    ]),
  ),
  'systemd-detect-virt': always,
  tail: always,
  test: always,
  true: always,
  uname: always,
  uptime: always,
  wc: always,
  yum: startsWith(pairs(['-C', '-q -C'], ['list', 'info', 'repolist']), flagsOnlyOf(...DNF_FLAGS)),
};
