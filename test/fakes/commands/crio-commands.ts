import { stringify } from 'smol-toml';
import { MigrateError } from '../../../src/core/errors.js';
import { normaliseReference } from '../../../src/config/image-reference.js';
import { crioConfig } from '../machine/crio-flavour.js';
import type { Machine } from '../machine/machine.js';
import type { Answer, Command } from './execute.js';

const BYTES_PER_MS = 60_000;
const STORE = /^containers-storage:\[overlay@\/var\/lib\/containers\/storage\+\/run\/containers\/storage\]/;

/** `skopeo copy`, from Docker or within the store: nobody has to be up for the store itself. */
async function copy({ docker, crio, clock }: Machine, source: string, target: string): Promise<Answer> {
  const name = target.replace(STORE, '');
  if (name === target) throw new MigrateError('bug', `the simulated skopeo does not know the store of ${target}`);
  const within = crio.images.get(source.replace(STORE, ''));
  const from = source.replace(/^docker-daemon:/, '');
  const image = docker.running ? docker.imageNamed(from) : undefined;
  const id = within ?? image?.id;
  if (id === undefined) throw new Error(`level=fatal msg="initializing source ${source}: no such image"`);
  await clock.sleep(within === undefined ? Math.ceil((image?.sizeBytes ?? 0) / BYTES_PER_MS) : 50);
  crio.images.set(normaliseReference(name), id);
  return {};
}

export const crioCommands: Readonly<Record<string, Command>> = {
  crio({ files }, args) {
    if (files.entry('/usr/bin/crio') === undefined) return { code: 127, stderr: 'sh: 1: crio: not found\n' };
    if (args.includes('--version')) return { stdout: 'crio version 1.23.5\nVersion:          1.23.5\n' };
    return { stdout: stringify(crioConfig(files)) };
  },
  skopeo(machine, args) {
    if (!machine.packages.has('skopeo')) return { code: 127, stderr: 'sh: 1: skopeo: not found\n' };
    if (args[0] === '--version') return { stdout: 'skopeo version 1.9.3\n' };
    const [source = '', target = ''] = args.slice(-2);
    return copy(machine, source, target);
  },
};
