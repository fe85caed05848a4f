import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import type { StepKind } from '../core/step.js';
import type { UndoAction } from '../core/undo.js';
import { mustRun } from './must-run.js';

const params = z.object({ modules: z.array(z.string()), sysctls: z.record(z.string(), z.string()) });
const captured = z.object({ missingModules: z.array(z.string()), sysctls: z.record(z.string(), z.string()) });

/**
 * What is built into the kernel is in no list of modules, and `/sys/module` has it only when it takes parameters: there,
 * what it brings along tells.
 */
async function isLoaded(host: ReadHost, module: string): Promise<boolean> {
  if ((await host.stat(`/sys/module/${module}`)) !== undefined) return true;
  if (module === 'br_netfilter') return (await host.stat('/proc/sys/net/bridge')) !== undefined;
  const filesystems = await host.readFile('/proc/filesystems');
  return filesystems !== undefined && new TextDecoder().decode(filesystems).split(/\s+/).includes(module);
}

async function sysctlOf(host: ReadHost, key: string): Promise<string | undefined> {
  const content = await host.readFile(`/proc/sys/${key.replaceAll('.', '/')}`);
  return content === undefined ? undefined : new TextDecoder().decode(content).trim();
}

export const prepareKernel: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'prepare-kernel',
  title: 'Load kernel modules and set sysctls',
  why: 'dockerd loads modules and turns forwarding on when it starts; without it they are gone after the next reboot, and with them the pod network.',
  params,
  captured,

  instances: ({ conversion }) => {
    const { kernelModules: modules, sysctls } = conversion;
    if (modules.length === 0 && Object.keys(sysctls).length === 0) return [];
    const what = [...modules, ...Object.keys(sysctls)].join(', ');
    return [{ id: 'kernel', title: `hold ${what}`, params: { modules: [...modules], sysctls } }];
  },

  async check({ host }, { modules, sysctls }) {
    for (const module of modules) {
      if (!(await isLoaded(host, module))) return { state: 'pending', because: `the module ${module} is not loaded` };
    }
    for (const [key, wanted] of Object.entries(sysctls)) {
      const value = await sysctlOf(host, key);
      if (value !== wanted) return { state: 'pending', because: `${key} is ${value ?? 'not there'}, not ${wanted}` };
    }
    return { state: 'done' };
  },

  async capture({ host }, { modules, sysctls }) {
    const missingModules: string[] = [];
    for (const module of modules) if (!(await isLoaded(host, module))) missingModules.push(module);
    const values: Record<string, string> = {};
    for (const key of Object.keys(sysctls)) {
      const value = await sysctlOf(host, key);
      if (value !== undefined) values[key] = value;
    }
    return { missingModules, sysctls: values };
  },

  async apply({ host }, { modules, sysctls }) {
    for (const module of modules) if (!(await isLoaded(host, module))) await mustRun(host, ['modprobe', '--', module]);
    for (const [key, wanted] of Object.entries(sysctls)) {
      if ((await sysctlOf(host, key)) !== wanted) await mustRun(host, ['sysctl', '-q', '-w', `${key}=${wanted}`]);
    }
  },

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', now.because);
  },

  undo({ sysctls: wanted }, { missingModules, sysctls }) {
    const actions: UndoAction[] = Object.entries(sysctls)
      .filter(([key, value]) => wanted[key] !== value)
      .map(([key, value]) => ({
        do: 'run',
        argv: ['sysctl', '-q', '-w', `${key}=${value}`],
        timeoutMs: 10_000,
        mayFail: true,
      }));
    for (const module of missingModules) {
      actions.push({ do: 'run', argv: ['modprobe', '-r', '--', module], timeoutMs: 10_000, mayFail: true });
    }
    return actions;
  },
};
