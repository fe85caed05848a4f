import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Pair } from './certificates.js';

export interface StrictTlsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** OpenSSL's own server, which ends the handshake with an alert as Go's does; Node's just hangs up. */
export async function strictTlsServer(pair: Pair, clientCa: string): Promise<StrictTlsServer> {
  const directory = await mkdtemp(join(tmpdir(), 'strict-tls-'));
  const files = { cert: pair.cert, key: pair.key, ca: clientCa };
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  const argv = [
    's_server',
    '-accept',
    '127.0.0.1:0',
    '-cert',
    'cert',
    '-key',
    'key',
    '-CAfile',
    'ca',
    '-Verify',
    '2',
    '-verify_return_error',
    '-www',
  ];
  const child = spawn('openssl', argv, { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return {
      url: `https://127.0.0.1:${port}`,
      async close() {
        child.kill();
        await exited;
        await rm(directory, { recursive: true, force: true });
      },
    };
  }
  throw new Error('openssl s_server ended before it accepted connections');
}
