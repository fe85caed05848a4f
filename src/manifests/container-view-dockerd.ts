import { shellCommands } from './shell-commands.js';
import type { ContainerView } from './views.js';

/** The container runs a Docker daemon of its own: by its image, its command or a switch of its operator. */
export function bringsDockerd(container: ContainerView): boolean {
  if (isDindImage(container.image) || container.value.dockerdWithinRunnerContainer === true) return true;
  const argv = [...container.command, ...container.args];
  const first = argv[0]?.text ?? '';
  if (/(?:^|\/)dockerd(?:-entrypoint\.sh)?$/.test(first)) return true;
  return argv.some(
    ({ text }) =>
      text.includes('dockerd') &&
      text.includes(' ') &&
      shellCommands(text, 'script').some(({ name, onHost }) => /^dockerd(?:-entrypoint\.sh)?$/.test(name) && !onHost),
  );
}

/** `docker:24-dind`, `docker.io/library/docker:dind-rootless`, `example/dind:1`, `summerwind/actions-runner-dind`. */
export function isDindImage(image: string): boolean {
  if (!image.includes('dind')) return false;
  const name = image.slice(image.lastIndexOf('/') + 1).split('@')[0] ?? '';
  const [base = '', tag = ''] = name.split(':');
  return base.includes('dind') || (base === 'docker' && tag.includes('dind'));
}
