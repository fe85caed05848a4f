import type { ShellCommand } from '../../manifests/shell-command.js';
import { DOCKER_CLIENT_OPTIONS } from '../parts/docker-client-options.js';

export interface ContainerStart {
  /** `docker run`, `docker compose up`. */
  readonly command: string;
  /** Of the container, the Compose file or the stack; undefined where the command does not say. */
  readonly name: string | undefined;
  /** It goes on running after the command: in the background, or restarted by Docker. */
  readonly stays: boolean;
}

/** Those of `docker` and of `docker compose` that take a word. */
const GLOBAL_VALUES = new Set<string>([...DOCKER_CLIENT_OPTIONS, '-f', '--file', '-p']);

/** What a command line starts in Docker; undefined for all that starts nothing. */
export function containerStart({ name, words }: ShellCommand): ContainerStart | undefined {
  const at = words.findIndex((word) => word === name || word.endsWith(`/${name}`));
  const all = words.slice(at + 1);
  if (name === 'docker-compose') return composed(all);
  if (name !== 'docker') return undefined;
  const [verb, ...rest] = afterOptions(all);
  switch (verb) {
    case 'container':
      return rest[0] === 'run' || rest[0] === 'start' ? started(rest[0], rest.slice(1)) : undefined;
    case 'run':
    case 'start':
      return started(verb, rest);
    case 'compose':
      return composed(rest);
    case 'stack':
      return rest[0] === 'deploy' || rest[0] === 'up'
        ? { command: 'docker stack deploy', name: rest.at(-1), stays: true }
        : undefined;
    case 'service':
      return rest[0] === 'create'
        ? { command: 'docker service create', name: option(rest, '--name'), stays: true }
        : undefined;
    default:
      return undefined;
  }
}

function afterOptions(words: readonly string[]): readonly string[] {
  let at = 0;
  while (words[at]?.startsWith('-') === true) at += GLOBAL_VALUES.has(words[at] ?? '') ? 2 : 1;
  return words.slice(at);
}

function started(verb: 'run' | 'start', words: readonly string[]): ContainerStart {
  if (verb === 'start')
    return { command: 'docker start', name: words.findLast((word) => !word.startsWith('-')), stays: true };
  const restart = option(words, '--restart');
  const detached = words.some(
    (word) => word === '--detach' || word === '--detach=true' || /^-[it]*d[itP]*$/.test(word),
  );
  const stays = detached || (restart !== undefined && restart !== 'no');
  return { command: 'docker run', name: option(words, '--name'), stays };
}

function composed(words: readonly string[]): ContainerStart | undefined {
  const [verb, ...rest] = afterOptions(words);
  if (verb !== 'up' && verb !== 'start' && verb !== 'run') return undefined;
  const file = option(words, '-f') ?? option(words, '--file');
  const stays = verb === 'start' || rest.some((word) => word === '-d' || word === '--detach');
  return { command: `docker compose ${verb}`, name: file, stays };
}

function option(words: readonly string[], name: string): string | undefined {
  const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = words[at];
  return word === undefined ? undefined : word === name ? words[at + 1] : word.slice(name.length + 1);
}
