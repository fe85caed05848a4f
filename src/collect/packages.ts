import type { PackageFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';
import { tryQuery } from './try-query.js';

/** What distributions and vendors call the runtimes, what they are made of, and what leans on them. */
const NAMES = [
  ...['docker.io', 'docker-ce', 'docker-ce-cli', 'docker-ce-rootless-extras', 'docker-ee', 'docker-ee-cli'],
  ...[
    'docker',
    'docker-common',
    'docker-client',
    'docker-cli',
    'docker-engine',
    'docker-compose',
    'docker-compose-plugin',
  ],
  ...['moby-engine', 'moby-cli', 'moby-containerd', 'moby-runc', 'docker-buildx-plugin', 'moby-buildx', 'moby-compose'],
  ...['containerd', 'containerd.io', 'runc', 'crun', 'conmon', 'containernetworking-plugins', 'containers-common'],
  ...['cri-o', 'cri-o-runc', 'cri-tools', 'cri-dockerd', 'kubelet', 'kubeadm', 'kubectl', 'kubernetes-cni'],
  ...['skopeo', 'nvidia-container-toolkit', 'nvidia-container-runtime', 'nvidia-docker2'],
];

const EXTENDED_STATES = '/var/lib/apt/extended_states';

export async function collectPackages(host: ReadHost, files: FileReader): Promise<PackageFacts> {
  const [dpkg, states] = await Promise.all([
    tryQuery(host, ['dpkg-query', '-W', '-f=${Package}\\t${Version}\\t${db:Status-Status}\\n', ...NAMES]),
    files.read(EXTENDED_STATES),
  ]);
  const byDpkg = installedOf(dpkg?.stdout ?? '');
  if (Object.keys(byDpkg).length > 0) {
    const names = Object.keys(byDpkg);
    // `apt-mark showmanual` says the same and takes half a second to build its cache.
    // There is no such file before apt has installed the first package for another one's sake.
    if (states === undefined || states.kind === 'file') {
      const auto = automatic(new TextDecoder().decode(states?.bytes));
      return { manager: 'apt', installed: byDpkg, manual: names.filter((name) => !auto.has(name)) };
    }
    const manual = (await ask(host, ['apt-mark', 'showmanual', ...names])).split('\n');
    return { manager: 'apt', installed: byDpkg, manual: names.filter((name) => manual.includes(name)) };
  }
  // dpkg may also be there for building packages, on a machine that has none installed by it.
  const rpm = await tryQuery(host, ['rpm', '-q', '--qf', '%{NAME}\\t%{VERSION}-%{RELEASE}\\tinstalled\\n', ...NAMES]);
  const byRpm = installedOf(rpm?.stdout ?? '');
  if (dpkg !== undefined && Object.keys(byRpm).length === 0) return { manager: 'apt', installed: {}, manual: [] };
  return { manager: rpm === undefined ? 'none' : await rpmManager(host), installed: byRpm, manual: [] };
}

async function rpmManager(host: ReadHost): Promise<'dnf' | 'yum' | 'none'> {
  const [dnf, yum] = await Promise.all([host.stat('/usr/bin/dnf'), host.stat('/usr/bin/yum')]);
  if (dnf !== undefined) return 'dnf';
  return yum === undefined ? 'none' : 'yum';
}

function installedOf(output: string): Record<string, string> {
  const rows = output.split('\n').map((line) => line.split('\t'));
  const installed = rows
    .filter(([, , status]) => status === 'installed')
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return Object.fromEntries(installed.map(([name = '', version = '']): [string, string] => [name, version]));
}

/** Packages that came because another one needed them. */
function automatic(states: string): Set<string> {
  const stanzas = states.split(/\n{2,}/).filter((stanza) => /^Auto-Installed: 1$/m.test(stanza));
  return new Set(stanzas.flatMap((stanza) => /^Package: (.+)$/m.exec(stanza)?.[1] ?? []));
}
