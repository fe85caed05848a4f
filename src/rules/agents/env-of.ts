import type { ContainerView } from '../../manifests/views.js';

/** The value a container's environment gives; undefined when it is not set, or set from elsewhere. */
export function envOf(container: ContainerView, name: string): string | undefined {
  return container.env.findLast((entry) => entry.name === name)?.value;
}
