import { handlerNames } from '../../config/containerd/handler-names.js';
import { parseToml, tableAt } from '../../config/text/toml-document.js';
import type { ClusterPod } from '../../core/cluster-objects.js';
import { valueOf } from '../../core/fact.js';
import type { RuntimeClassFacts } from '../../core/inventory.js';
import type { Gate, GateInput } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

/** What dockershim called the only one it had. */
const OF_DOCKERSHIM = 'docker';

export const runtimeClasses: Gate = {
  id: 'runtime-classes',
  title: 'The new runtime has the handlers that pods ask for',
  why: 'A pod with a runtime class starts only where the runtime has the handler that the class names. dockershim has one handler only, called docker, which no other runtime has; pods with any other never ran on it.',
  links: ['https://kubernetes.io/docs/concepts/containers/runtime-class/'],
  check: (input) => {
    const { pods, runtimeClasses: classes } = input.inventory;
    if (!pods.known) return [notKnown('which runtime classes pods use', pods.why)];
    const users = usersByClass(pods.value);
    const existing = valueOf(classes) ?? [];
    if (users.size === 0 && existing.length === 0) return [];
    if (!classes.known) return [notKnown('which handlers the runtime classes of the cluster name', classes.why)];
    const handlers = handlersOf(input);
    if (handlers === undefined)
      return users.size === 0
        ? []
        : [notKnown('which handlers the new runtime has', 'its configuration could not be made')];
    const isThere = (handler: string): boolean => handler === '' || handlers.includes(handler);
    return [
      ...[...users].flatMap(([name, names]) => {
        // A class that is gone was as a rule called like its handler.
        const handler = existing.find((one) => one.name === name)?.handler ?? name;
        return isThere(handler) ? [] : [blockerFor(input, { name, handler, names })];
      }),
      ...warningFor(existing.filter(({ name, handler }) => !users.has(name) && !isThere(handler))),
    ];
  },
};

function usersByClass(pods: readonly ClusterPod[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const pod of pods) {
    if (pod.runtimeClassName === undefined) continue;
    users.set(pod.runtimeClassName, [...(users.get(pod.runtimeClassName) ?? []), podName(pod)]);
  }
  return users;
}

function blockerFor(
  { conversion }: GateInput,
  { name, handler, names }: { readonly name: string; readonly handler: string; readonly names: readonly string[] },
): ReturnType<Gate['check']>[number] {
  const now = handler === OF_DOCKERSHIM ? 'which is what dockershim calls its only one' : 'nor does dockershim run it';
  return {
    level: 'blocker',
    message: `the runtime class ${name} of ${nameList(names)} names the handler ${handler}, which the new runtime has not, ${now}`,
    fix: `set up a handler ${handler} in ${conversion.runtimeConfigPath}, or take the class out of the pods, and plan again`,
  };
}

function warningFor(classes: readonly RuntimeClassFacts[]): ReturnType<Gate['check']> {
  if (classes.length === 0) return [];
  const named = classes.map(({ name, handler }) => (name === handler ? name : `${name} (${handler})`));
  return [
    {
      level: 'warning',
      message: `runtime classes of the cluster name handlers that the node will not have: ${nameList(named)}`,
      fix: 'see that their scheduling keeps pods with them away from the node, or set the handlers up',
    },
  ];
}

function handlersOf({ conversion, inventory, options }: GateInput): readonly string[] | undefined {
  const { files, runtimeConfigPath } = conversion;
  if (options.target === 'cri-dockerd') return ['docker'];
  if (options.target === 'crio') {
    const crio = valueOf(inventory.crio);
    if (crio === undefined) return undefined;
    const { configDir, configPath, effectiveConfig = '' } = crio;
    const written = files.filter(({ path }) => path === configPath || path.startsWith(`${configDir}/`));
    return [effectiveConfig, ...written.map(({ content }) => content)].flatMap(crioHandlerNames);
  }
  const file = files.find(({ path }) => path === runtimeConfigPath);
  const config = file === undefined ? undefined : parseToml(file.content);
  return config?.ok === true ? handlerNames(config.value) : undefined;
}

function crioHandlerNames(text: string): string[] {
  const parsed = parseToml(text);
  return Object.keys((parsed.ok ? tableAt(parsed.value, 'crio', 'runtime', 'runtimes') : undefined) ?? {});
}
