import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, KernelFacts } from '../../core/inventory.js';

/** The names that Kubernetes' own instructions for containerd have, and that are there on many nodes. */
export const MODULES_FILE = '/etc/modules-load.d/containerd.conf';
export const SYSCTL_FILE = '/etc/sysctl.d/99-kubernetes-cri.conf';

export interface KernelSettings {
  readonly modules: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** Only for what no file of the node sees to yet. */
  readonly files: readonly GeneratedFile[];
}

const FORWARDING = ['net.bridge.bridge-nf-call-ip6tables', 'net.bridge.bridge-nf-call-iptables', 'net.ipv4.ip_forward'];

type Files = Readonly<Record<string, FileFacts>>;

/**
 * dockerd loads modules and turns forwarding on while it runs, and writes that down nowhere: after the next boot of a
 * node without Docker it would be gone. What holds now is kept; what dockerd did not do either is not begun.
 */
export function kernelFiles(kernel: KernelFacts, files: Files, needsOverlay: boolean): KernelSettings {
  const bridged =
    kernel.modules.includes('br_netfilter') || (FORWARDING[0] !== undefined && FORWARDING[0] in kernel.sysctls);
  const modules = [...(needsOverlay ? ['overlay'] : []), ...(bridged ? ['br_netfilter'] : [])];
  const on = FORWARDING.filter((key) => kernel.sysctls[key] === '1');

  const keptModules = persistedModules(files);
  const keptSysctls = persistedSysctls(files);
  const newModules = modules.filter((module) => !keptModules.has(module));
  const newSysctls = on.filter((key) => keptSysctls.get(key) !== '1');
  const generated: GeneratedFile[] = [];
  if (newModules.length > 0 && canBeAddedTo(files[MODULES_FILE])) {
    const content = added(files[MODULES_FILE], newModules);
    generated.push({
      group: 'kernel',
      path: MODULES_FILE,
      mode: modeOf(files[MODULES_FILE]),
      content,
      why: 'modules that dockerd loads are loaded at boot without it',
    });
  }
  if (newSysctls.length > 0 && canBeAddedTo(files[SYSCTL_FILE])) {
    const content = added(
      files[SYSCTL_FILE],
      newSysctls.map((key) => `${key} = 1`),
    );
    generated.push({
      group: 'kernel',
      path: SYSCTL_FILE,
      mode: modeOf(files[SYSCTL_FILE]),
      content,
      why: 'forwarding that dockerd turns on stays on after a reboot',
    });
  }
  return { modules, sysctls: Object.fromEntries(on.map((key) => [key, '1'])), files: generated };
}

/** What is no text is left alone. */
const canBeAddedTo = (file: FileFacts | undefined): boolean => file?.exists !== true || file.whole;

const modeOf = (file: FileFacts | undefined): number => (file?.exists === true ? file.mode : 0o644);

/** Lines at the end of a file, which is left as it is but for them. */
function added(file: FileFacts | undefined, lines: readonly string[]): string {
  const before = file?.exists === true ? file.content.replace(/\n*$/, '\n') : BECAUSE;
  return before + lines.map((line) => `${line}\n`).join('');
}

const BECAUSE = '# Docker saw to this while it ran; the runtime that took its place does not.\n';

const linesOf = ({ content }: FileFacts): string[] =>
  content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));

function persistedModules(files: Files): Set<string> {
  const paths = Object.keys(files).filter(
    (path) => /\/modules-load\.d\/[^/]+\.conf$/.test(path) || path === '/etc/modules',
  );
  return new Set(paths.flatMap((path) => existing(files, path)));
}

const existing = (files: Files, path: string): string[] => {
  const file = files[path];
  return file?.exists === true ? linesOf(file).map((line) => line.replaceAll('-', '_')) : [];
};

/** By the last file in the order of their names, whatever their directories, as systemd-sysctl reads them. */
function persistedSysctls(files: Files): Map<string, string> {
  // Debian reads /etc/sysctl.conf through a link of this name.
  const order = (path: string): string =>
    path === '/etc/sysctl.conf' ? '99-sysctl.conf' : path.slice(path.lastIndexOf('/') + 1);
  const paths = Object.keys(files)
    .filter((path) => /\/sysctl\.d\/[^/]+\.conf$/.test(path) || path === '/etc/sysctl.conf')
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const values = new Map<string, string>();
  for (const path of paths) {
    const file = files[path];
    for (const line of file?.exists === true ? linesOf(file) : []) {
      const match = /^-?([^=\s]+)\s*=\s*(.*)$/.exec(line);
      if (match !== null) values.set((match[1] ?? '').replaceAll('/', '.'), match[2] ?? '');
    }
  }
  return values;
}
