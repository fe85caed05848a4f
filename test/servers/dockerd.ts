import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../lab/must-run.js';
import { startContainerd } from './containerd.js';
import { runcWrapper } from './runc-wrapper.js';
import { serverProcess } from './server-process.js';
import { tinyImage } from './tiny-image.js';

export interface DockerdOptions {
  /** Default `vfs`, which needs nothing of the file system. */
  readonly storageDriver?: 'vfs' | 'overlay2';
  /** More of daemon.json. */
  readonly daemonJson?: Readonly<Record<string, unknown>>;
  /** The socket of a containerd that is there already; otherwise it gets one of its own. */
  readonly containerdAddress?: string;
}

export interface DockerdServer {
  readonly socketPath: string;
  readonly pid: number;
  readonly dataRoot: string;
  readonly containerdAddress: string;
  /** There from the start; what is run from it sleeps. */
  readonly image: string;
  /** A folder for the test's own files, removed with the server. */
  readonly directory: string;
  /** The real command line; without network, for the daemon has no bridge. */
  docker(...args: readonly string[]): Promise<string>;
  logTail(): string;
  stop(): Promise<void>;
}

const IMAGE = 'registry.test/sleeper:1';

/** A dockerd of one's own: its root, sockets and containerd are nobody else's, and it leaves the machine's network alone. */
export async function startDockerd(options: DockerdOptions = {}): Promise<DockerdServer> {
  const own = options.containerdAddress === undefined ? await startContainerd({ cri: false }) : undefined;
  const containerdAddress = options.containerdAddress ?? own?.socketPath ?? '';
  const directory = mkdtempSync(path.join(tmpdir(), 'dockerd-'));
  const socketPath = path.join(directory, 'docker.sock');
  const dataRoot = path.join(directory, 'data');
  const configFile = path.join(directory, 'daemon.json');
  const exec = path.join(directory, 'exec');
  writeFileSync(
    configFile,
    JSON.stringify({
      runtimes: { tested: { path: runcWrapper(directory) } },
      'default-runtime': 'tested',
      ...options.daemonJson,
    }),
  );
  const docker = (...args: readonly string[]): Promise<string> =>
    mustRun(['docker', '--host', `unix://${socketPath}`, ...args]);
  const clean = async (): Promise<void> => {
    rmSync(directory, { recursive: true, force: true });
    await own?.stop();
  };
  const argv = [
    ...['dockerd', '--config-file', configFile, '--host', `unix://${socketPath}`, '--containerd', containerdAddress],
    ...['--data-root', dataRoot, '--exec-root', exec, '--pidfile', path.join(directory, 'pid')],
    ...['--bridge', 'none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false'],
    ...['--storage-driver', options.storageDriver ?? 'vfs', '--log-level', 'warn'],
  ];
  try {
    const server = await serverProcess(argv, path.join(directory, 'log'), () => docker('version'));
    await docker('load', '--input', await tinyImage(directory, IMAGE));
    return {
      ...{ socketPath, dataRoot, containerdAddress, directory, docker },
      pid: server.pid,
      image: IMAGE,
      logTail: () => server.logTail(),
      stop: async () => {
        await server.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
