import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { Target } from '../core/plan.js';
import type { ReadHost } from '../core/ports.js';
import type { StepKind } from '../core/step.js';
import { mustRun } from './must-run.js';

const params = z.object({ manager: z.enum(['apt', 'dnf', 'yum']), package: z.string() });
const captured = z.object({ installed: z.boolean(), manual: z.boolean() });

const INSTALL_TIMEOUT_MS = 600_000;

const NAMES: Readonly<Record<Target, readonly string[]>> = {
  containerd: ['containerd.io', 'containerd'],
  crio: ['cri-o'],
  'cri-dockerd': ['cri-dockerd'],
};

/**
 * Debian's own Docker needs Debian's containerd and conflicts with Docker's, and the other way round. No distribution has
 * the others in its own archive, and what a plan is made for has been installed: undefined where no package brought it.
 */
function packageFor(
  installed: Readonly<Record<string, string>>,
  manager: 'apt' | 'dnf' | 'yum',
  target: Target,
): string | undefined {
  const present = NAMES[target].find((name) => installed[name] !== undefined);
  if (present !== undefined || target !== 'containerd') return present;
  const dockerCe = installed['docker-ce'] !== undefined || installed['docker-ee'] !== undefined;
  return dockerCe || manager !== 'apt' ? 'containerd.io' : 'containerd';
}

export const keepPackage: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'keep-package',
  title: "Install the runtime's package, or keep it",
  why: "A runtime that came as another package's dependency, as containerd does with Docker, is removed with it by the next autoremove; marking it as wanted keeps it. Where it is missing it is installed, but never at the price of another package.",
  params,
  captured,

  instances: ({ inventory, options }) => {
    const { target } = options;
    if (!inventory.packages.known) return [];
    const { manager, installed } = inventory.packages.value;
    const binaryWithoutPackage =
      inventory.containerd.known && !NAMES.containerd.some((one) => installed[one] !== undefined);
    if (manager === 'none' || (target === 'containerd' && binaryWithoutPackage)) return [];
    const name = packageFor(installed, manager, target);
    if (name === undefined) return [];
    const verb = installed[name] === undefined ? 'install' : 'keep';
    return [{ id: name, title: `${verb} the package ${name}`, params: { manager, package: name } }];
  },

  async check({ host }, { manager, package: name }) {
    if (!(await isInstalled(host, manager, name))) return { state: 'pending', because: `${name} is not installed` };
    if (!(await isManual(host, manager, name))) {
      return { state: 'pending', because: `${name} would go when Docker is removed` };
    }
    return { state: 'done' };
  },

  async capture({ host }, { manager, package: name }) {
    return { installed: await isInstalled(host, manager, name), manual: await isManual(host, manager, name) };
  },

  async apply({ host, report }, { manager, package: name }, before) {
    if (!before.installed) {
      report(`installing ${name}`);
      await refuseRemovals(host, manager, name);
      await mustRun(
        host,
        manager === 'apt'
          ? [
              'env',
              'DEBIAN_FRONTEND=noninteractive',
              'apt-get',
              '-o',
              'DPkg::Lock::Timeout=300',
              'install',
              '-y',
              '--no-install-recommends',
              '--no-remove',
              name,
            ]
          : [manager, 'install', '-y', name],
        { timeoutMs: INSTALL_TIMEOUT_MS },
      );
    }
    if (manager === 'apt') await mustRun(host, ['apt-mark', 'manual', name]);
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', now.because);
  },

  undo({ manager, package: name }, { installed, manual }) {
    if (!installed) {
      const argv =
        manager === 'apt'
          ? ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'remove', '-y', name]
          : [manager, 'remove', '-y', name];
      return [{ do: 'run', argv, timeoutMs: INSTALL_TIMEOUT_MS, mayFail: true }];
    }
    return manual ? [] : [{ do: 'run', argv: ['apt-mark', 'auto', name], timeoutMs: 30_000, mayFail: true }];
  },
};

async function isInstalled(host: ReadHost, manager: 'apt' | 'dnf' | 'yum', name: string): Promise<boolean> {
  if (manager !== 'apt') return (await host.query(['rpm', '-q', name])).code === 0;
  const { code, stdout } = await host.query(['dpkg-query', '-W', '-f=${db:Status-Status}', name]);
  return code === 0 && stdout === 'installed';
}

/** Only apt forgets why a package is there; dnf and yum keep what nothing needs unless asked to clean up. */
async function isManual(host: ReadHost, manager: 'apt' | 'dnf' | 'yum', name: string): Promise<boolean> {
  if (manager !== 'apt') return true;
  const { stdout } = await host.query(['apt-mark', 'showmanual', name]);
  return stdout.split('\n').includes(name);
}

async function refuseRemovals(host: ReadHost, manager: 'apt' | 'dnf' | 'yum', name: string): Promise<void> {
  if (manager !== 'apt') return;
  const { stdout } = await host.query(['apt-get', '-s', 'install', '--no-install-recommends', name], {
    timeoutMs: 60_000,
  });
  const removals = stdout.split('\n').filter((line) => line.startsWith('Remv '));
  if (removals.length === 0) return;
  throw new MigrateError(
    'failed',
    `installing ${name} would remove ${removals.map((line) => line.split(' ')[1]).join(', ')}`,
    {
      hint: "Install the containerd that belongs to this node's Docker packages by hand, then plan again.",
    },
  );
}
