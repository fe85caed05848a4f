import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';

export interface TestSshd {
  readonly directory: string;
  readonly port: number;
  /** `ssh_config` that knows the server as `node`, logging in as root. */
  readonly config: string;
  /** Another configuration file, `replace`d lines of the usual one by their key. */
  configWith(name: string, changes: Readonly<Record<string, string>>): Promise<string>;
  /** Ends the server's sessions, not the server: what a reboot looks like from outside. */
  dropConnections(): Promise<void>;
  /** How many processes serve connections now. */
  sessions(): Promise<number>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real sshd of Debian's on a free loopback port, with throw-away keys and nothing of the machine's own configuration. */
export async function sshd(extra: readonly string[] = []): Promise<TestSshd> {
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const directory = await mkdtemp('/tmp/migrate-sshd-');
  await chmod(directory, 0o755);
  const port = await freePort();
  for (const key of ['host', 'user']) {
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', join(directory, key)]);
  }
  const publicHostKey = (await readFile(join(directory, 'host.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
  await writeFile(join(directory, 'known_hosts'), `[127.0.0.1]:${port} ${publicHostKey}\n`);
  await writeFile(
    join(directory, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(directory, 'host')}`,
      `AuthorizedKeysFile ${join(directory, 'user.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PidFile none',
      'LogLevel VERBOSE',
      // bash reads .bashrc for sshd only at the top level: what this machine's root has in it shall not count here.
      'SetEnv SHLVL=5',
      ...extra,
      '',
    ].join('\n'),
  );

  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(directory, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child?.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('Server listening')) resolve();
      });
      child?.once('exit', () => reject(new Error(`sshd ended before it listened: ${log}`)));
    });
  };
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  const dropConnections = async (): Promise<void> => {
    for (const pid of await descendants(child?.pid ?? -1)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended together with one that was killed before it.
      }
    }
  };

  const configWith: TestSshd['configWith'] = async (name, changes) => {
    const settings: Record<string, string> = {
      HostName: '127.0.0.1',
      Port: String(port),
      User: 'root',
      IdentityFile: join(directory, 'user'),
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      UserKnownHostsFile: join(directory, 'known_hosts'),
      GlobalKnownHostsFile: '/dev/null',
      StrictHostKeyChecking: 'yes',
      ...changes,
    };
    const file = join(directory, name);
    const lines = Object.entries(settings).map(([key, value]) => `  ${key} ${value}`);
    await writeFile(file, ['Host node', ...lines, ''].join('\n'));
    return file;
  };

  await start();
  return {
    directory,
    port,
    config: await configWith('ssh_config', {}),
    configWith,
    dropConnections,
    sessions: async () => (await descendants(child?.pid ?? -1)).length,
    start,
    stop,
    close: async () => {
      await dropConnections();
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Pids below one, read from /proc, so that only what this test started is ever signalled. */
async function descendants(pid: number): Promise<number[]> {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = (await readFile(file, 'utf8').catch(() => '')).split(' ').filter(Boolean).map(Number);
  const below = await Promise.all(children.map(descendants));
  return [...children, ...below.flat()];
}
