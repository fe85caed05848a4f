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

const PATH = /\/[\w.@%+~/-]*/g;

/**
 * Paths of the node below `is`'s liking that env, command, arguments and scripts of a pod's containers name through a mount of a
 * directory above. Alternatives of a regular expression are none: they exclude.
 */
export function* namedPaths(pod: PodView, is: (path: string) => boolean): Iterable<NamedPath> {
  for (const container of pod.containers) {
    if (!pod.mounts.some((mount) => mount.container === container)) continue;
    for (const setting of settingsOf(container)) {
      const { text, called } = setting;
      for (const match of text.matchAll(PATH)) {
        const before = text[match.index - 1] ?? '';
        if (/[\w^|(.$)}\\]/.test(before) || isAuthority(before, match[0])) continue;
        const written = match[0].replace(/^\/{2,}/, '/').replace(/[.,]+$/, '');
        const found = hostPathIn(pod, container, written);
        if (found === undefined || !is(found.hostPath)) continue;
        const { mount, hostPath } = found;
        yield { container, mount, written, hostPath, called, at: setting.at(match.index, match[0].length) };
      }
    }
  }
}

/** `http://host/docker`, but not `unix:///run/docker.sock`. */
const isAuthority = (before: string, path: string): boolean => before === ':' && /^\/\/[^/]/.test(path);
