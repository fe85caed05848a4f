import { containerView } from './container-view.js';
import { mayGoOn } from './object-walk-budget.js';
import type { Scope, Walk } from './object-walk-scope.js';
import { takeArgv, takeLongString, takeString, takeText } from './object-walk-texts.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { PodDraft } from './pod-views.js';
import type { ContainerView } from './views.js';

type Role = ContainerView['role'];

/** There is a container under the key: in a list, by name in a mapping, or alone. */
export function holdsContainers(value: unknown, role: Role): boolean {
  if (Array.isArray(value)) return value.some((entry) => isContainer(entry, role));
  if (!isMapping(value)) return false;
  return saysWhatRuns(value) || Object.values(value).some((entry) => isMapping(entry) && saysWhatRuns(entry));
}

export function takeContainers(
  walk: Walk,
  scope: Scope & { readonly pod: PodDraft },
  value: unknown,
  role: Role,
): boolean {
  if (!holdsContainers(value, role)) return false;
  if (Array.isArray(value)) {
    value.forEach((entry: unknown, index) => {
      if (isContainer(entry, role)) takeInside(walk, index, () => takeContainer(walk, scope, entry, role, scope.name));
    });
  } else if (isMapping(value) && saysWhatRuns(value)) takeContainer(walk, scope, value, role, scope.name);
  else if (isMapping(value)) {
    for (const [name, entry] of Object.entries(value)) {
      if (isMapping(entry)) takeInside(walk, name, () => takeContainer(walk, scope, entry, role, name));
    }
  }
  return true;
}

/** A mapping that is no member of a list of containers and still says all that one of them would. */
export function runsItself(mapping: Mapping, mounts: boolean): boolean {
  const { image, env, command, args } = mapping;
  if (mounts) return image !== undefined || env !== undefined || command !== undefined || args !== undefined;
  if (Array.isArray(env) && env.some(isEnvEntry)) return true;
  if (typeof image !== 'string' && !(isMapping(image) && typeof image.repository === 'string')) return false;
  return Array.isArray(command) || Array.isArray(args) || isMapping(env);
}

function isEnvEntry(entry: unknown): boolean {
  return isMapping(entry) && typeof entry.name === 'string' && ('value' in entry || 'valueFrom' in entry);
}

function isContainer(entry: unknown, role: Role): entry is Mapping {
  if (!isMapping(entry) || entry.$patch === 'delete') return false;
  return saysWhatRuns(entry) || (role !== 'step' && typeof entry.name === 'string');
}

function saysWhatRuns(entry: Mapping): boolean {
  return (
    entry.image !== undefined ||
    entry.command !== undefined ||
    entry.args !== undefined ||
    entry.volumeMounts !== undefined ||
    entry.volume_mount !== undefined ||
    entry.script !== undefined ||
    entry.source !== undefined ||
    entry.env !== undefined ||
    entry.commands !== undefined
  );
}

function takeInside(walk: Walk, step: string | number, take: () => void): void {
  walk.path.push(step);
  take();
  walk.path.pop();
}

function takeContainer(
  walk: Walk,
  scope: Scope & { readonly pod: PodDraft },
  value: Mapping,
  role: Role,
  name: string,
): void {
  if (!mayGoOn(walk)) return;
  const container = containerView(value, role, name, walk.path.slice());
  scope.pod.containers.push(container);
  const binds = scope.kind === 'pipeline' && Array.isArray(value.volumes) ? value.volumes : NOTHING;
  if (binds.length > 0) scope.pod.addBinds(binds, [...walk.path, 'volumes']);
  // What looks like a volume in a container is a mount.
  const inside: Scope = { ...scope, container, pods: false };
  takeCommand(walk, inside, container);
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === null || member === undefined || SILENT.has(key)) continue;
    walk.path.push(key);
    takeContainerMember(walk, inside, member, key);
    walk.path.pop();
  }
}

const NOTHING: readonly unknown[] = [];

/** Members of a container that are neither run nor read by a program of its own. */
const SILENT: ReadonlySet<string> = new Set([
  'name',
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'resources',
  'securityContext',
  'ports',
  'envFrom',
  'volumeMounts',
  'volumeDevices',
  'workingDir',
  'terminationMessagePath',
  'terminationMessagePolicy',
]);

/** What runs in a container, and what is in its environment; also of a mapping that is a container itself. */
export function takeContainerMember(walk: Walk, scope: Scope, value: unknown, key: string): void {
  if (typeof value === 'string') takeString(walk, scope, value, key);
  else if (typeof value !== 'object') return;
  else if (key === 'env' || key === 'environment') takeEnv(walk, scope, value);
  else walk.visit(scope, value, key);
}

/** `command` and `args` together are what is run; a string alone is a shell's, as in Jenkins and Drone. */
export function takeCommand(walk: Walk, scope: Scope, container: ContainerView): void {
  const { value } = container;
  const key = value.command === undefined && value.entrypoint === undefined ? 'args' : 'command';
  if (value.command === undefined && value.args === undefined && value.entrypoint === undefined) return;
  if (!mayGoOn(walk, lengthOf(value.command) + lengthOf(value.args) + lengthOf(value.entrypoint))) return;
  if (typeof value.command === 'string') {
    walk.path.push('command');
    takeText(walk, scope, value.command, 'command', 'script');
    walk.path.pop();
    return;
  }
  const words = [...container.command, ...container.args];
  if (words.length > 0) takeArgv(walk, scope, words, key);
}

function lengthOf(words: unknown): number {
  return Array.isArray(words) ? words.length : 1;
}

/** Single settings are for those who look at containers. */
function takeEnv(walk: Walk, scope: Scope, env: unknown): void {
  if (Array.isArray(env)) walk.budget.nodes += env.length;
  if (Array.isArray(env)) {
    env.forEach((entry: unknown, index) => {
      if (!isMapping(entry) || typeof entry.value !== 'string') return;
      walk.path.push(index, 'value');
      takeLongString(walk, scope, entry.value, textOf(entry.name));
      walk.path.length -= 2;
    });
  } else if (isMapping(env)) {
    for (const [name, value] of Object.entries(env)) {
      if (typeof value !== 'string') continue;
      walk.path.push(name);
      takeLongString(walk, scope, value, name);
      walk.path.pop();
    }
  }
}
