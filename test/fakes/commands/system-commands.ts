import type { Machine } from '../machine/machine.js';
import type { Command } from './execute.js';

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** A CNI plugin called by hand: only host-local's part of a DEL leaves a trace. */
function cniPlugin({ cni, files }: Machine, variables: ReadonlyMap<string, string>, binary: string): void {
  if (files.entry(binary) === undefined) throw new Error(`env: '${binary}': No such file or directory`);
  if (variables.get('CNI_COMMAND') === 'DEL') cni.del(variables.get('CNI_CONTAINERID') ?? '');
}

export const systemCommands: Readonly<Record<string, Command>> = {
  uname: () => ({ stdout: '6.1.0-31-amd64 x86_64\n' }),
  kubelet: () => ({ stdout: 'Kubernetes v1.21.2\n' }),
  ps: ({ processes }, args) => ({
    stdout: lines(
      processes.list().map(
        ({ pid, argv }) =>
        args.includes('args=') ? argv.join(' ') : `${pid} ${argv[0]?.split('/').at(-1) ?? ''}`, // prettier-ignore
      ),
    ),
  }),
  journalctl: ({ files }, args) => ({
    stdout: files.text(`/var/log/journal/${args[args.indexOf('--unit') + 1] ?? ''}`) ?? '',
  }),
  modprobe({ kernel }, args) {
    const [module = ''] = args.filter((arg) => !arg.startsWith('-'));
    if (args.includes('-r')) kernel.unload(module);
    else kernel.load(module);
    return {};
  },
  sysctl({ kernel }, args) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/.exec(args.at(-1) ?? '') ?? [];
    kernel.set(key, value);
    return {};
  },
  env(machine, args) {
    const isVariable = (arg: string): boolean => /^[A-Z_]+=/.test(arg);
    const rest = args.slice(args.findIndex((arg) => !isVariable(arg)));
    const variables = new Map(
      args.filter(isVariable).map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
    );
    if (!variables.has('CNI_COMMAND')) return machine.exec(rest);
    cniPlugin(machine, variables, rest[0] ?? '');
    return {};
  },
};
