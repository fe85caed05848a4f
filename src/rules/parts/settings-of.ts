import type { Place } from '../../manifests/place.js';
import type { ContainerView } from '../../manifests/views.js';
import { expandEnv } from './expand-env.js';

/** A text by which a container is told what to do. */
export interface Setting {
  /** With the container's own variables filled in. */
  readonly text: string;
  /** For a sentence: `env DOCKER_HOST`, `an argument`. */
  readonly called: string;
  /** Where a stretch of the text stands; all of it when variables were filled in. */
  at(offset: number, length: number): Place;
}

/** The environment, the command, its arguments and the script of a container. */
export function settingsOf(container: ContainerView): Setting[] {
  const { env, command, args, value, path } = container;
  const setting = (called: string, written: string, at: Place['path']): Setting => {
    const text = expandEnv(container, written);
    return { called, text, at: (offset, length) => (text === written ? { path: at, offset, length } : { path: at }) };
  };
  return [
    ...env.flatMap((one) => (one.value === undefined ? [] : [setting(`env ${one.name}`, one.value, one.path)])),
    ...[...command, ...args].map((word) => setting('its command', word.text, word.path)),
    ...['script', 'source'].flatMap((key) => {
      const script = value[key];
      return typeof script === 'string' ? [setting('its script', script, [...path, key])] : [];
    }),
  ];
}
