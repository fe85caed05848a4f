import { messageOf } from '../core/errors.js';
import type { Host, ReadHost } from '../core/ports.js';
import { redact } from './redact.js';
import { redactArgv } from './redact-argv.js';

/** One thing asked of a host, with its secrets hidden; contents of files are never in it. */
export interface LoggedCommand {
  readonly host: string;
  /** A command's words, or an operation on files and its arguments: `writeFile /etc/x`. */
  readonly argv: readonly string[];
  /** Of a command that ended. */
  readonly code: number | undefined;
  readonly ms: number;
  readonly error: string | undefined;
}

/** The same host, telling `report` of everything it is asked. A read-only host stays one. */
export function logged<H extends Host | ReadHost>(host: H, report: (command: LoggedCommand) => void): H {
  async function told<T>(argv: readonly string[], work: () => Promise<T>, codeOf?: (value: T) => number): Promise<T> {
    const startedAt = performance.now();
    const tell = (code: number | undefined, error: string | undefined): void =>
      report({ host: host.name, argv: redactArgv(argv), code, ms: Math.round(performance.now() - startedAt), error });
    try {
      const value = await work();
      tell(codeOf?.(value), undefined);
      return value;
    } catch (thrown) {
      tell(undefined, redact(messageOf(thrown)));
      throw thrown;
    }
  }

  const reading: ReadHost = {
    name: host.name,
    via: host.via,
    query: (argv, options) =>
      told(
        argv,
        () => host.query(argv, options),
        (result) => result.code,
      ),
    readFile: (path) => told(['readFile', path], () => host.readFile(path)),
    stat: (path) => told(['stat', path], () => host.stat(path)),
    list: (path) => told(['list', path], () => host.list(path)),
    dial: (path) => told(['dial', path], () => host.dial(path)),
  };
  if (!('run' in host)) return reading as H;

  const writing: Host = {
    ...reading,
    run: (argv, options) =>
      told(
        argv,
        () => host.run(argv, options),
        (result) => result.code,
      ),
    writeFile: (path, content, attributes) =>
      told(['writeFile', path], () => host.writeFile(path, content, attributes)),
    appendFile: (path, text) => told(['appendFile', path], () => host.appendFile(path, text)),
    createExclusive: (path, content) => told(['createExclusive', path], () => host.createExclusive(path, content)),
    makeDirectory: (path, mode) => told(['makeDirectory', path], () => host.makeDirectory(path, mode)),
    remove: (path) => told(['remove', path], () => host.remove(path)),
    makeLink: (path, target) => told(['makeLink', path, target], () => host.makeLink(path, target)),
  };
  return writing as H;
}
