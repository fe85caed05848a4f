import type { ObjectView, TextView } from '../manifests/views.js';
import { commandPlace } from './config-texts/command-place.js';
import { dockerUnitCommand } from './config-texts/docker-unit-command.js';
import { dockerUnitsInText } from './config-texts/docker-units-in-text.js';
import { isDockerUnit } from './config-texts/is-docker-unit.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import type { ValueNode } from './config-texts/value-node.js';
import { walkValues } from './config-texts/walk-values.js';
import { withoutComments } from './config-texts/without-comments.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene } from './rule.js';

const OTHER_UNITS = /\b(?:containerd|crio|cri-o)\b/;

export const dockerSystemdUnit: Rule = {
  id: 'docker-systemd-unit',
  title: "Docker's systemd unit is named",
  severity: 'warning',
  why:
    'docker.service is absent or without a part in Kubernetes once nodes run containerd or CRI-O: restarts fail, filters of the ' +
    'journal stay empty, health checks report a broken node or none at all.',
  fix: 'Name the unit of the runtime that the nodes run: containerd.service or crio.service.',
  links: [
    'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
    'https://github.com/kubernetes/node-problem-detector/tree/master/config',
  ],
  words: [
    'docker.service',
    'docker.socket',
    'dockerd',
    'init.d/docker',
    ['docker', 'systemctl'],
    { word: 'service', next: /^["',\s]+(?:-name\s+)?docker/i },
    ['docker', { word: 'service', next: /^:\s/ }],
    ['docker', 'journalctl'],
    ['docker', 'journald'],
    ['docker', 'chkconfig'],
    ['docker', 'invoke-rc.d'],
    ['docker', 'rc-update'],
    ['docker', 'update-rc.d'],
    ['docker', 'initctl'],
    { word: 'snap ', next: /^\S+\s+docker/ },
    ['docker', 'units'],
    ['docker', 'unit_names'],
    ['docker', 'systemd'],
  ],
  object: (view, scene) => forTarget(inObject(view, scene), scene),
  text: (view, scene) => forTarget(inText(view, scene), scene),
};

function* inObject(view: ObjectView, scene: Scene): Iterable<Hit> {
  if (isForbidding(view)) return;
  for (const node of walkValues(view)) {
    if (!isDockerUnit(node)) continue;
    const value = String(node.value);
    const offset = value.lastIndexOf('docker');
    yield settingHit({ path: node.path, offset, length: value.length - offset }, value, hasOtherUnit(node), scene);
  }
}

function* inText(view: TextView, scene: Scene): Iterable<Hit> {
  // A value on one line comes as part of its object, too, where its key tells more.
  if ((view.role === 'config' || view.role === 'unknown') && view.text.includes('\n')) {
    const text = withoutComments(view.text);
    const beside = /\b(?:containerd|crio)\.service\b/.test(text);
    for (const { offset, length } of dockerUnitsInText(text)) {
      yield settingHit(view.at(offset, length), text.slice(offset, offset + length), beside, scene);
    }
  }
  yield* commandHits(view, scene);
}

function* commandHits(view: TextView, scene: Scene): Iterable<Hit> {
  let beside: boolean | undefined;
  for (const command of view.commands()) {
    const found = dockerUnitCommand(command);
    if (found === undefined || (view.pod?.hasOwnDocker === true && !command.onHost)) continue;
    beside ??= view
      .commands()
      .some(
        ({ name, words }) =>
          /^(?:systemctl|service|journalctl)$/.test(name) && words.some((word) => OTHER_UNITS.test(word)),
      );
    const isLeftOver = beside || found.isFarewell;
    yield {
      ...commandPlace(view, command),
      message: isLeftOver
        ? `\`${found.shown}\` names Docker's unit, which a node without Docker does not have; the command fails there and can go after the migration.`
        : `\`${found.shown}\` is about Docker's unit, which does not run the containers of Kubernetes on a node with containerd or CRI-O.`,
      fix: isLeftOver
        ? 'Drop it once no node runs Docker.'
        : `Use ${targetRuntime(scene.target).unit} instead of docker.`,
      ...(isLeftOver ? { severity: 'note' } : {}),
    };
  }
}

function settingHit(at: NonNullable<Hit['at']>, name: string, beside: boolean, scene: Scene): Hit {
  return {
    at,
    message: beside
      ? `${name} is named beside the unit of another runtime; on a node without Docker it matches nothing.`
      : `${name} names Docker's daemon: on a node with containerd or CRI-O it matches nothing, and the runtime's own unit is not looked at.`,
    fix: beside
      ? 'Drop it once no node runs Docker.'
      : `Add ${targetRuntime(scene.target).unit}, and drop Docker's once no node runs it.`,
    ...(beside ? { severity: 'note' } : {}),
  };
}

/** In the same list. */
function hasOtherUnit(node: ValueNode): boolean {
  const list = node.parent?.value;
  return Array.isArray(list) && list.some((item: unknown) => typeof item === 'string' && OTHER_UNITS.test(item));
}
