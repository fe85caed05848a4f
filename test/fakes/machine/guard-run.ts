import type { Machine } from './machine.js';

/**
 * What the guard's script does when its timer runs it, read from the script that lies there: an interpreter for the few
 * forms in which the engine writes it, and no more. What it calls is the machine's own.
 */
export async function runGuard(machine: Machine, scriptPath: string): Promise<void> {
  const { files, clock } = machine;
  const script = files.text(scriptPath);
  if (script === undefined) throw new Error(`/bin/sh: 0: cannot open ${scriptPath}`);
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(script)?.[1];
    if (found === undefined) throw new Error(`the guard script has no ${pattern.source}`);
    return found;
  };
  const heartbeat = files.entry(find(/stat -c %Y (\S+)/));
  const silentS = (clock.now().getTime() - (heartbeat?.mtimeMs ?? 0)) / 1000;
  if (silentS <= Number(find(/-gt (\d+) \]/))) return;
  const fired = find(/mkdir -p (\S+)/);
  if (files.entry(`${fired}/done`) !== undefined) return;
  files.makeDirectory(fired);
  const failures = await runRollback(
    machine,
    files.text(find(/\/bin\/sh (\S+rollback\.sh)/)) ?? '',
    find(/rollback\.sh '([^']+)'/),
  );
  files.write(`${fired}/log`, failures.join('\n'));
  if (failures.length === 0) files.write(`${fired}/done`, '');
}

/** The commands that follow the script's functions, one a line. Returns what did not work. */
export async function runRollback(machine: Machine, script: string, because: string): Promise<string[]> {
  const lines = script.split('\n');
  const from = lines.lastIndexOf('}');
  const journal = /^journal=(\S+)$/m.exec(script)?.[1] ?? '';
  dropTornLine(machine, script, journal);
  const failures: string[] = [];
  for (const line of lines.slice(from + 1)) {
    if (line.startsWith('note "') && line.includes('rollback-started')) {
      await one(machine, ['note', `${JSON.stringify({ event: 'rollback-started', because }).slice(1)}`], journal);
      continue;
    }
    if (line === '' || line.startsWith('#') || line === 'exit $failed') continue;
    const mayFail = line.endsWith('|| true');
    const argv = words(line.replace(/ \|\| true$/, '').replace(/ (?:>\/dev\/null|2>\/dev\/null|2>&1)/g, ''));
    const failure = await one(machine, argv, journal);
    if (failure !== undefined && !mayFail) failures.push(`failed: ${line}: ${failure}`);
  }
  return failures;
}

/** `[ -z "$(tail -c 1 …)" ] || sed -i '$ d' …`, where the script has it. */
function dropTornLine({ files }: Machine, script: string, journal: string): void {
  const text = files.text(journal) ?? '';
  if (/tail -c 1 [^\n]*sed -i '\$ d'/.test(script) && !text.endsWith('\n')) {
    files.write(journal, text.slice(0, text.lastIndexOf('\n') + 1));
  }
}

async function one(machine: Machine, [command = '', ...args]: string[], journal: string): Promise<string | undefined> {
  const { files, clock, containerd, crio, cni } = machine;
  switch (command) {
    case 'note':
      files.append(journal, `{"at":"${clock.now().toISOString()}",${args[0] ?? ''}\n`);
      return undefined;
    case 'restore': {
      const [backup = '', path = '', mode = '', owner = ''] = args;
      const content = files.read(backup);
      if (content === undefined) return `cat: ${backup}: No such file or directory`;
      const [uid, gid] = owner.split(':').map(Number);
      files.write(path, content, { mode: Number.parseInt(mode, 8), uid: uid ?? 0, gid: gid ?? 0 });
      return undefined;
    }
    case 'remove_pods': {
      const [socket = '', namespace = '', runtime] = args;
      if (runtime === 'crio') {
        // There is no crictl here.
        for (const id of crio.sandboxes.keys()) {
          crio.endBehindItsBack(id);
          cni.del(id);
        }
        return undefined;
      }
      if (files.entry(socket)?.type !== 'socket' || containerd.settings === undefined) return undefined;
      const held = new Set(containerd.sandboxes.keys());
      containerd.killAll(namespace === '' ? undefined : namespace);
      for (const id of held) if (!containerd.sandboxes.has(id)) cni.del(id);
      return undefined;
    }
    case 'try':
      return one(machine, args, journal);
    case 'rm':
      files.remove(args.at(-1) ?? '');
      return undefined;
    case 'rmdir':
      if (files.entry(args.at(-1) ?? '')?.type === 'directory' && files.list(args.at(-1) ?? '').length === 0) {
        files.remove(args.at(-1) ?? '');
      }
      return undefined;
    default: {
      const { code, stderr } = await machine.exec([command, ...args]);
      return code === 0 ? undefined : stderr.trim();
    }
  }
}

const words = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s'\\]|\\.|'[^']*')+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\(.)/g,
      (_all, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
    ),
  );
