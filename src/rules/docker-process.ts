import type { ObjectView, TextView } from '../manifests/views.js';
import type { ShellCommand } from '../manifests/shell-command.js';
import { commandPlace } from './config-texts/command-place.js';
import { isMapping } from '../manifests/mapping.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { walkValues } from './config-texts/walk-values.js';
import type { Hit, Rule } from './rule.js';

const FIX =
  'Address the unit instead: `systemctl reload containerd` (crio for CRI-O); most settings there need a restart, which leaves containers running.';

export const dockerProcess: Rule = {
  id: 'docker-process',
  title: 'A script or a monitor looks for the process dockerd',
  severity: 'error',
  why:
    'Scripts send signals to dockerd to make it read its configuration again, or find it by name to tell whether a node is healthy. ' +
    'On a node with containerd or CRI-O there is no such process, or one that Kubernetes does not use.',
  fix: FIX,
  links: ['https://kubernetes.io/docs/setup/production-environment/container-runtimes/'],
  words: [
    'dockerd',
    'docker.pid',
    'docker-containerd',
    ['docker', 'killall'],
    ['docker', 'pkill'],
    ['docker', 'pidof'],
    ['docker', 'pgrep'],
  ],
  object: (view, scene) => forTarget(inObject(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inObject(view: ObjectView): Iterable<Hit> {
  if (isForbidding(view)) return;
  for (const node of walkValues(view)) {
    if (typeof node.value !== 'string' || typeof node.key !== 'string' || !isProcessSetting(node.key, node.value))
      continue;
    if (!isMapping(node.parent?.value)) continue;
    yield {
      at: { path: node.path },
      severity: 'warning',
      message: `The setting ${node.key} watches the process dockerd, which does not run under containerd or CRI-O: it will report a failure or nothing.`,
      fix: 'Watch containerd (or crio) instead.',
    };
  }
}

function* inText(view: TextView): Iterable<Hit> {
  const own = view.pod?.hasOwnDocker === true;
  let end = -1;
  for (const command of view.commands()) {
    // `kill -HUP $(pidof dockerd)` is two commands and one dependency.
    if (command.offset < end || (own && !command.onHost) || !meansDockerd(command)) continue;
    end = command.offset + command.length;
    yield {
      ...commandPlace(view, command),
      message: `\`${command.name}\` is aimed at the process dockerd, which does not run on a node with containerd or CRI-O: the command fails or does nothing.`,
      fix: FIX,
    };
  }
}

/** Telegraf's procstat. */
function isProcessSetting(key: string, value: string): boolean {
  if (key === 'exe' || key === 'pattern') return /^(?:.*\/)?dockerd$/.test(value);
  return /^pid_?file$/i.test(key) && /\/docker\.pid$/.test(value);
}

const FINDERS: ReadonlySet<string> = new Set(['pkill', 'killall', 'pidof', 'pgrep']);

function meansDockerd({ name, words }: ShellCommand): boolean {
  const rest = words.slice(1).filter((word) => !word.startsWith('-'));
  if (FINDERS.has(name))
    return rest.some((word) => /^(?:\S*\/)?\^?(?:docker|dockerd|docker-containerd)\$?$/.test(word));
  return name === 'kill' && rest.some((word) => /\/docker\.pid\b|\b(?:pidof|pgrep)\b.{0,40}\bdockerd?\b/.test(word));
}
