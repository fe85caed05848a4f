import type { Place } from '../../manifests/place.js';
import type { ContainerView, MountView, PodView } from '../../manifests/views.js';
import { hostPathIn } from './host-path-in.js';
import { settingsOf } from './settings-of.js';

/** A path that a container's settings name and that lies on the node, because a mount leads there. */
export interface NamedPath {
  readonly container: ContainerView;
  readonly mount: MountView;
  /** As the container sees it. */
  readonly written: string;
  /** On the node, normalised. */
  readonly hostPath: string;
  /** `env DOCKER_HOST`, `its command`. */
  readonly called: string;
  readonly at: Place;
}

/**
 * Paths of the node that env, command, arguments and scripts of a pod's containers name through their mounts. Alternatives of
 * a regular expression are none: they exclude.
 */
export function namedPaths(pod: PodView, is: (path: string) => boolean): NamedPath[] {
  let all = known.get(pod);
  if (all === undefined) {
    all = pod.mounts.length === 0 ? [] : pod.containers.flatMap((container) => [...pathsOf(pod, container)]);
    known.set(pod, all);
  }
  return all.filter(({ hostPath }) => is(hostPath));
}

/** A dozen rules ask for the same pod. */
const known = new WeakMap<PodView, readonly NamedPath[]>();

const PATH = /\/[\w.@%+~/-]*/g;
const LONGEST_SETTING = 65_536;

function* pathsOf(pod: PodView, container: ContainerView): Iterable<NamedPath> {
  if (!pod.mounts.some((mount) => mount.container === container)) return;
  for (const setting of settingsOf(container)) {
    const { called } = setting;
    if (!setting.text.includes('/')) continue;
    const text = setting.text.slice(0, LONGEST_SETTING);
    for (const match of text.matchAll(PATH)) {
      const before = text[match.index - 1] ?? '';
      if (/[\w^|(.$)}\\]/.test(before) || isAuthority(before, match[0])) continue;
      const written = match[0].replace(/^\/{2,}/, '/').replace(/[.,]+$/, '');
      const found = hostPathIn(pod, container, written);
      if (found === undefined) continue;
      yield { ...found, container, written, called, at: setting.at(match.index, match[0].length) };
    }
  }
}

/** `http://host/docker`, but not `unix:///run/docker.sock`. */
const isAuthority = (before: string, path: string): boolean => before === ':' && /^\/\/[^/]/.test(path);
