import type { Machine } from '../machine/machine.js';
import type { Command } from './execute.js';

const AVAILABLE: Readonly<Record<string, string>> = { containerd: '1.6.20~ds1-1+deb12u3' };

function mark({ packages }: Machine, name: string, auto: boolean): void {
  const found = packages.get(name);
  if (found === undefined) throw new Error(`E: Unable to locate package ${name}`);
  packages.set(name, { ...found, auto });
}

/** Debian's package manager, as far as runtimes go. */
export const packageCommands: Readonly<Record<string, Command>> = {
  'dpkg-query': ({ packages }, args) => {
    const format = args.find((arg) => arg.startsWith('-f='))?.slice(3) ?? '';
    const names = args.filter((arg) => !arg.startsWith('-'));
    const missing = names.filter((name) => !packages.has(name));
    const stdout = names
      .filter((name) => packages.has(name))
      .map((name) =>
        format
          .replace('${Package}', name)
          .replace('${Version}', packages.get(name)?.version ?? '')
          .replace('${db:Status-Status}', 'installed')
          .replaceAll('\\t', '\t')
          .replaceAll('\\n', '\n'),
      );
    const stderr = missing.map((name) => `dpkg-query: no packages found matching ${name}\n`).join('');
    return { code: missing.length === 0 ? 0 : 1, stdout: stdout.join(''), stderr };
  },
  'apt-mark': (machine, [verb, ...names]) => {
    const { packages } = machine;
    if (verb === 'showmanual') {
      return {
        stdout: names
          .filter((name) => packages.get(name)?.auto === false)
          .map((name) => `${name}\n`)
          .join(''),
      };
    }
    for (const name of names) mark(machine, name, verb === 'auto');
    return {};
  },
  'apt-get': async ({ packages, clock }, args) => {
    if (args.includes('-s')) return { stdout: 'Inst containerd\nConf containerd\n' };
    await clock.sleep(4000);
    const name = args.at(-1) ?? '';
    if (args.includes('remove')) packages.delete(name);
    else packages.set(name, { version: AVAILABLE[name] ?? '1', auto: false });
    return {};
  },
};
