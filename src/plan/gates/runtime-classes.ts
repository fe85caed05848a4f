import { criSettings } from '../../config/containerd/cri-settings.js';
import { parseToml } from '../../config/text/toml-document.js';
import type { Conversion } from '../../core/conversion.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const runtimeClasses: Gate = {
  id: 'runtime-classes',
  title: 'The new runtime has the handlers that pods ask for',
  why: 'A pod with a runtime class starts only where the runtime has a handler for it. dockershim has one handler only, called docker, which no other runtime has.',
  links: ['https://kubernetes.io/docs/concepts/containers/runtime-class/'],
  check: ({ inventory: { pods }, conversion }) => {
    if (!pods.known) return [notKnown('which runtime classes pods use', pods.why)];
    const classes = [...new Set(pods.value.flatMap(({ runtimeClassName }) => runtimeClassName ?? []))];
    if (classes.length === 0) return [];
    const handlers = handlersOf(conversion);
    if (handlers === undefined)
      return [notKnown('which handlers the new runtime has', 'its configuration could not be made')];
    return (
      classes
        // Classes are as a rule called like their handlers; the inventory does not tell which handler one has.
        .filter((name) => !handlers.includes(name))
        .map((name) => {
          const users = pods.value.filter(({ runtimeClassName }) => runtimeClassName === name).map(podName);
          return {
            level: 'blocker',
            message: `the runtime class ${name} of ${nameList(users)} has no handler of this name in the new runtime`,
            fix: `set up a handler ${name} in ${conversion.runtimeConfigPath}, or take the class out of the pods, and plan again`,
          };
        })
    );
  },
};

function handlersOf({ files, runtimeConfigPath }: Conversion): readonly string[] | undefined {
  const file = files.find(({ path }) => path === runtimeConfigPath);
  const config = file === undefined ? undefined : parseToml(file.content);
  return config?.ok === true ? Object.keys(criSettings(config.value).handlers) : undefined;
}
