import { forTarget } from './config-texts/for-target.js';
import type { TextView } from '../manifests/views.js';
import type { ShellCommand } from '../manifests/shell-command.js';
import { commandPlace } from './config-texts/command-place.js';
import { dockerCommandFix, dockerVerb } from './config-texts/docker-command-fix.js';
import { reachesDockerd } from './config-texts/reaches-dockerd.js';
import type { Hit, Rule } from './rule.js';

export const dockerCliCmd: Rule = {
  id: 'docker-cli-cmd',
  title: 'The docker client is run',
  severity: 'error',
  why:
    'The client needs dockerd. Under containerd or CRI-O it fails with `Cannot connect to the Docker daemon`, or it talks to a ' +
    'dockerd that is left on the node and shows none of the containers and images of Kubernetes. chroot and nsenter reach the ' +
    "node's client without any mount of the socket.",
  fix: 'Use the Kubernetes API, crictl, or a builder that needs no daemon.',
  links: [
    'https://kubernetes.io/docs/reference/tools/map-crictl-dockercli/',
    'https://kubernetes.io/docs/tasks/debug/debug-cluster/crictl/',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
  ],
  words: [{ word: 'docker', next: /^(?:-compose)?(?:\.exe)?(?:["'`\s,\\;)\]}<&|]|$)/i }],
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inText(view: TextView): Iterable<Hit> {
  if (view.pod?.hasOwnDocker === true) {
    yield* view
      .commands()
      .filter(isDockerOnHost)
      .map((command) => hitOf(view, command));
    return;
  }
  for (const command of view.commands()) if (isDocker(command)) yield hitOf(view, command);
}

/** The client that comes with a distribution's wrapper scripts is `docker`, too; `/etc/init.d/docker` starts the daemon. */
function isDocker(command: ShellCommand): boolean {
  if (
    !/^docker(?:-compose)?(?:\.exe)?$/.test(command.name) ||
    /(?:^|\s)\S*init\.d\/docker/.test(command.words.join(' '))
  )
    return false;
  const words = clientWords(command);
  const [first] = words.slice(1);
  return first === undefined || !['--version', '-v', '--help', 'help', 'completion'].includes(first);
}

function isDockerOnHost(command: ShellCommand): boolean {
  return command.onHost && isDocker(command);
}

/** From the client on, without `sudo`, `chroot /host` and their like. */
function clientWords({ name, words }: ShellCommand): readonly string[] {
  const at = words.findIndex((word) => word === name || word.endsWith(`/${name}`));
  return at === -1 ? words : words.slice(at);
}

function hitOf(view: TextView, command: ShellCommand): Hit {
  const verb = dockerVerb({ name: command.name, words: clientWords(command) });
  const shown = verb === 'compose' && command.name !== 'docker' ? command.name : `docker ${verb}`.trim();
  const isSure = isDefinite(view, command);
  return {
    ...commandPlace(view, command),
    message: `\`${shown}\` needs dockerd: on a node with containerd or CRI-O it fails, or sees none of the containers and images of Kubernetes.`,
    fix: dockerCommandFix(verb),
    ...(isSure && view.pod !== undefined ? {} : { severity: 'warning' }),
    ...(isSure ? {} : { confidence: 'possible' }),
  };
}

/** Without any way to the node's dockerd a pod may have another one, behind a Service for instance. */
function isDefinite({ pod, container }: TextView, { onHost }: ShellCommand): boolean {
  return onHost || pod === undefined || reachesDockerd(pod, container);
}
