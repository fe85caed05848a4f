import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../lab/must-run.js';

export interface TinyImageOptions {
  readonly entrypoint?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Bytes that no other layer has, as a second layer. */
  readonly ballast?: Uint8Array;
}

/** Sleeps until it is killed, also as the first process of a container, which TERM does not end. */
export const SLEEP_FOREVER: readonly string[] = ['/bin/sh', '-c', 'while :; do sleep 3600; done'];

/**
 * An image of a static busybox, as `docker save` would write it: for `docker load` and `ctr images import` alike.
 * Returns the path of the tar file, which is made in `directory`.
 */
export async function tinyImage(directory: string, name: string, options: TinyImageOptions = {}): Promise<string> {
  const work = mkdtempSync(path.join(tmpdir(), 'tiny-image-'));
  try {
    const root = path.join(work, 'root');
    mkdirSync(path.join(root, 'bin'), { recursive: true });
    for (const folder of ['tmp', 'etc', 'proc', 'sys', 'dev']) mkdirSync(path.join(root, folder));
    await mustRun(['cp', '/bin/busybox', path.join(root, 'bin/busybox')]);
    for (const applet of ['sh', 'sleep', 'true', 'false', 'cat', 'ls', 'hostname']) {
      await mustRun(['ln', '-s', 'busybox', path.join(root, 'bin', applet)]);
    }
    const layers = [await layerOf(work, 'base.tar', root)];
    if (options.ballast !== undefined) {
      const second = path.join(work, 'second');
      mkdirSync(second);
      writeFileSync(path.join(second, 'ballast'), options.ballast);
      layers.push(await layerOf(work, 'ballast.tar', second));
    }
    const config = JSON.stringify({
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      os: 'linux',
      created: '2021-01-01T00:00:00Z',
      config: { Entrypoint: options.entrypoint ?? SLEEP_FOREVER, Env: ['PATH=/bin'], Labels: options.labels ?? {} },
      rootfs: {
        type: 'layers',
        diff_ids: layers.map((layer) => `sha256:${sha256(readFileSync(path.join(work, layer)))}`),
      },
      history: layers.map(() => ({ created: '2021-01-01T00:00:00Z', created_by: 'tiny-image' })),
    });
    const configName = `${sha256(Buffer.from(config))}.json`;
    writeFileSync(path.join(work, configName), config);
    writeFileSync(
      path.join(work, 'manifest.json'),
      JSON.stringify([{ Config: configName, RepoTags: [name], Layers: layers }]),
    );
    const file = path.join(directory, `${name.replace(/[^a-z0-9.-]+/g, '_')}.tar`);
    await mustRun(['tar', '-C', work, '-cf', file, 'manifest.json', configName, ...layers]);
    return file;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The same bytes at every time: the layer's digest is the image's identity. */
async function layerOf(work: string, file: string, root: string): Promise<string> {
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await mustRun(['tar', ...same, '-C', root, '-cf', path.join(work, file), '.']);
  return file;
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
