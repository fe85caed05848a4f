import { posix } from 'node:path';
import { parseDocument } from 'yaml';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import type { FileReader } from './file-reader.js';

type Config = Readonly<Record<string, unknown>>;

/** The KubeletConfiguration that `--config` names, with the drop-ins of `--config-dir` (1.28 and later) over it. */
export async function kubeletConfig(
  host: ReadHost,
  files: FileReader,
  flags: Readonly<Record<string, string>>,
  rootDir: string,
): Promise<{ readonly configPath: string | undefined; readonly config: Config }> {
  const configPath = flags['config'];
  const base = configPath === undefined ? {} : await parsed(host, files, rootDir, configPath);
  const dir = flags['config-dir'];
  if (dir === undefined) return { configPath, config: base };
  const names = (await files.list(rootDir + dir)).filter((name) => name.endsWith('.conf'));
  const overlays = await Promise.all(names.map((name) => parsed(host, files, rootDir, posix.join(dir, name))));
  return { configPath, config: overlays.reduce(overlaid, base) };
}

async function parsed(host: ReadHost, files: FileReader, rootDir: string, path: string): Promise<Config> {
  const text = await files.text(rootDir + path);
  if (text === undefined) throw new MigrateError('input', `the kubelet's configuration ${path} is not on ${host.name}`);
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [reason] = error.message.split('\n');
    throw new MigrateError('input', `${path} on ${host.name} is not valid YAML: ${(reason ?? '').replace(/:$/, '')}`);
  }
  const value: unknown = document.toJS();
  if (value === null) return {};
  if (!isObject(value)) throw new MigrateError('input', `${path} on ${host.name} is not a KubeletConfiguration`);
  return value;
}

const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function overlaid(base: Config, overlay: Config): Config {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overlay)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? overlaid(before, value) : value;
  }
  return merged;
}
