import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { tinyImage } from '../servers/tiny-image.js';
import { daemon } from './daemon.js';
import { mustRun } from './must-run.js';
import type { OpenLab } from './open-lab.js';
import type { Certificate } from './pki.js';
import { run } from './run.js';
import { waitFor } from './wait-for.js';

export interface RegistryOptions {
  readonly name: string;
  readonly port: number;
  /** HTTP without. */
  readonly tls?: Certificate;
  /** Whoever comes without it is turned away. */
  readonly login?: { readonly user: string; readonly password: string };
}

export interface Registry {
  /** `10.98.0.1:5000`, on the lab's bridge. */
  readonly address: string;
  /** Puts a small image there that sleeps for ever; `ref` is what comes after the address: `library/app:1`. */
  push(ref: string): Promise<void>;
  stop(): Promise<void>;
}

/** Whether Debian's `docker-registry` and `skopeo` are here, or why a suite that needs a registry is skipped. */
export async function registryAvailable(): Promise<
  { readonly ok: true } | { readonly ok: false; readonly why: string }
> {
  const missing: string[] = [];
  for (const command of ['docker-registry', 'skopeo']) {
    if ((await run(['sh', '-c', 'command -v "$1"', 'sh', command])).exitCode !== 0) missing.push(command);
  }
  return missing.length === 0 ? { ok: true } : { ok: false, why: `registries need ${missing.join(' and ')}` };
}

/** A registry on the lab's bridge, empty at first. */
export async function startRegistry(lab: OpenLab, options: RegistryOptions): Promise<Registry> {
  const { name, port, tls, login } = options;
  const dir = path.join(lab.layout.dir, `registry-${name}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = (base: string): string => path.join(dir, base);
  const address = `${lab.layout.gateway}:${port}`;
  if (tls !== undefined) {
    writeFileSync(file('tls.crt'), tls.certificate);
    writeFileSync(file('tls.key'), tls.key, { mode: 0o600 });
  }
  if (login !== undefined) writeFileSync(file('htpasswd'), `${login.user}:${await bcrypt(login.password)}\n`);
  const config = {
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: file('data') } },
    http: {
      addr: address,
      ...(tls === undefined ? {} : { tls: { certificate: file('tls.crt'), key: file('tls.key') } }),
    },
    ...(login === undefined ? {} : { auth: { htpasswd: { realm: 'lab', path: file('htpasswd') } } }),
  };
  writeFileSync(file('config.yml'), stringify(config));
  const process = daemon(file('pid'), file('log'));
  await process.start(['docker-registry', 'serve', file('config.yml')]);
  const scheme = tls === undefined ? 'http' : 'https';
  await waitFor(`the registry ${name}`, 20_000, async () => {
    const answer = await fetchStatus(`${scheme}://${address}/v2/`);
    return answer === '200' || answer === '401';
  });

  return {
    address,
    async push(ref) {
      const work = mkdtempSync(path.join(tmpdir(), 'lab-push-'));
      try {
        const tar = await tinyImage(work, `lab.local/${ref}`, { labels: { ref, registry: name } });
        const credentials = login === undefined ? [] : ['--dest-creds', `${login.user}:${login.password}`];
        const copy = ['skopeo', 'copy', '--quiet', '--insecure-policy', '--dest-tls-verify=false', ...credentials];
        await mustRun([...copy, `docker-archive:${tar}`, `docker://${address}/${ref}`], { timeoutMs: 60_000 });
      } finally {
        rmSync(work, { recursive: true });
      }
    },
    stop: () => process.stop(),
  };
}

const fetchStatus = async (url: string): Promise<string> =>
  (await run(['curl', '-sk', '-o', '/dev/null', '-w', '%{http_code}', url])).stdout;

/** In the one form that docker-registry takes. */
const bcrypt = async (password: string): Promise<string> => {
  const script = 'import crypt, sys; print(crypt.crypt(sys.stdin.read(), crypt.mksalt(crypt.METHOD_BLOWFISH)))';
  return (await mustRun(['python3', '-W', 'ignore', '-c', script], { input: password })).trim();
};
