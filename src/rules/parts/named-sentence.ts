import type { NamedPath } from './named-paths.js';

/** Which path of the node a container means, and through which volume; a sentence with a full stop. */
export function namedSentence({ container, called, written, hostPath, mount }: NamedPath): string {
  const who = container.name === '' ? 'A container' : `Container ${container.name}`;
  const volume = mount.volume.name === '' ? 'a volume' : `volume ${mount.volume.name}`;
  const from = mount.volume.hostPath?.written ?? '';
  return `${who} is told by ${called} to use ${written}, which is ${hostPath} of the node (${volume} is ${from}).`;
}
