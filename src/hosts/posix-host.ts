import { MigrateError } from '../core/errors.js';
import type { DialledSocket, ExecResult, Host } from '../core/ports.js';
import { absolutePath } from './absolute-path.js';
import { fileScripts } from './file-scripts.js';
import { parseStat } from './parse-stat.js';
import { requireReading } from './require-reading.js';
import type { Shell, ShellResult } from './shell.js';

const ABSENT = /No such file or directory|Not a directory/;

/** Everything a host can do, over a shell: the same for this machine and for another. */
export function posixHost(shell: Shell, dial: (socketPath: string) => Promise<DialledSocket>): Host {
  const { name, via } = shell;

  const refused = (what: string, result: ShellResult): MigrateError =>
    new MigrateError('failed', `${name}: cannot ${what}: ${reasonIn(result)}`);

  async function script(
    what: string,
    text: string,
    args: readonly string[],
    input?: string | Uint8Array,
    repeatable = true,
  ) {
    const options = { what, repeatable, ...(input === undefined ? {} : { input }) };
    return shell.exec(['sh', '-c', text, 'sh', ...args], options);
  }

  async function change(...call: Parameters<typeof script>): Promise<void> {
    const result = await script(...call);
    if (result.code !== 0) throw refused(call[0], result);
  }

  return {
    name,
    via,
    query: async (argv, options = {}) => {
      requireReading(argv);
      return textual(await shell.exec(argv, { ...options, repeatable: true }));
    },
    run: async (argv, options = {}) => textual(await shell.exec(argv, options)),

    readFile: async (path) => {
      const what = `read ${path}`;
      const result = await shell.exec(['cat', absolutePath(path)], { what, repeatable: true });
      if (result.code === 0) return result.stdout;
      if (ABSENT.test(result.stderr)) return undefined;
      throw refused(what, result);
    },
    stat: async (path) => {
      const what = `look at ${path}`;
      const result = await script(what, fileScripts.stat, [absolutePath(path)]);
      if (result.code === 0) return parseStat(result.stdout);
      if (ABSENT.test(result.stderr)) return undefined;
      throw refused(what, result);
    },
    list: async (path) => {
      // The slash makes find follow a link to a directory, and refuse a file.
      const start = `${absolutePath(path)}/`;
      const what = `list ${path}`;
      const argv = ['find', start, '-mindepth', '1', '-maxdepth', '1', '-print0'];
      const result = await shell.exec(argv, { what, repeatable: true });
      if (result.code !== 0 && /No such file or directory/.test(result.stderr)) return [];
      if (result.code !== 0) throw refused(what, result);
      const found = Buffer.from(result.stdout).toString('utf8').split('\0').slice(0, -1);
      return found.map((entry) => entry.slice(entry.lastIndexOf('/') + 1)).sort();
    },
    dial: (socketPath) => dial(absolutePath(socketPath)),

    writeFile: (path, content, { mode, uid, gid }) =>
      change(
        `write ${path}`,
        fileScripts.write,
        [absolutePath(path), sizeOf(content), mode.toString(8), String(uid ?? ''), String(gid ?? '')],
        content,
      ),
    appendFile: (path, text) =>
      change(`append to ${path}`, fileScripts.append, [absolutePath(path), sizeOf(text)], text, false),
    createExclusive: async (path, content) => {
      const what = `create ${path}`;
      const args = [absolutePath(path), sizeOf(content)];
      const result = await script(what, fileScripts.createExclusive, args, content, false);
      if (result.code === fileScripts.existsCode) throw new MigrateError('blocked', `${name}: ${path} exists already.`);
      if (result.code !== 0) throw refused(what, result);
    },
    makeDirectory: (path, mode) =>
      change(`make the directory ${path}`, fileScripts.makeDirectory, [absolutePath(path), mode.toString(8)]),
    remove: (path) => change(`remove ${path}`, fileScripts.remove, [absolutePath(path)]),
    makeLink: (path, target) => change(`make the link ${path}`, fileScripts.makeLink, [absolutePath(path), target]),
  };
}

const sizeOf = (content: string | Uint8Array): string => String(Buffer.byteLength(content));

const textual = ({ code, stdout, stderr }: ShellResult): ExecResult => ({
  code,
  stdout: Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength).toString('utf8'),
  stderr,
});

/** The last line of what the tools said, which is the one that ended the script. */
const reasonIn = (result: ShellResult): string =>
  result.stderr.trim().split('\n').at(-1)?.trim() || `exit code ${result.code}`;
