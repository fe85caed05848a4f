import { posix } from 'node:path';
import { splitWords } from '../config/text/split-words.js';
import { MigrateError } from '../core/errors.js';
import type { CriDockerdFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { ServiceSettings } from './service-settings.js';
import { tryQuery } from './try-query.js';

const UNIT = 'cri-docker.service';

/** Errors: `not-found` where there is no cri-dockerd. */
export async function collectCriDockerd(host: ReadHost, service: Promise<ServiceSettings>): Promise<CriDockerdFacts> {
  const { execStart } = await service;
  const words = splitWords(execStart.replace(/^[-@:+!|]+/, ''));
  const [program = ''] = words.ok ? words.value.map(({ value }) => value) : [];
  const binary = posix.isAbsolute(program) ? program : 'cri-dockerd';
  const answer = await tryQuery(host, [binary, '--version']);
  if (answer === undefined) throw new MigrateError('not-found', `${host.name} has no command ${binary}`);
  // `cri-dockerd 0.3.4 (HEAD)`, on stderr as well as on stdout, by its release.
  const output = answer.stdout + answer.stderr;
  const version = /^cri-dockerd v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (version === undefined) {
    throw new MigrateError(
      'failed',
      `${binary} --version on ${host.name} says no version: ${output.trim().slice(0, 100)}`,
    );
  }
  return { binary, version, unit: execStart === '' ? undefined : UNIT, execStart };
}
