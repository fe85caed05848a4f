import type { ShellCommand } from '../manifests/shell-command.js';
import type { TextView } from '../manifests/views.js';
import type { Hit, Rule } from './rule.js';

interface Plugin {
  readonly because: string;
  readonly fix: string;
  /** Some release or setting of it does work with other runtimes. */
  readonly possible?: true;
}

const PLUGINS: Readonly<Record<string, Plugin>> = {
  flame: {
    because: 'finds the process to profile by the Docker socket',
    fix: 'Use kubectl-prof, which knows containerd and CRI-O.',
  },
  dig: {
    because: "mounts the node's Docker socket into its own pod",
    fix: 'Use `kubectl debug node/NODE`, or Inspektor Gadget.',
  },
  sniff: {
    because: 'looks for the container by the Docker socket where it does not find another',
    fix: 'Name the socket of the new runtime with --socket, or use tcpdump in `kubectl debug`.',
    possible: true,
  },
  build: {
    because: 'builds with the dockerd of a node in some of its forms',
    fix: 'Make it use BuildKit with its containerd worker, or build with kaniko or buildah.',
    possible: true,
  },
};

const DEBUG: Plugin = {
  because: "starts its container by the node's Docker socket (the plugin of aylei)",
  fix: 'Use the `kubectl debug` that kubectl itself has from 1.20 on.',
};

/** Options that the `debug` of kubectl itself does not have. */
const OF_AYLEI =
  /^--(?:agentless|agent-(?:image|port|pod-\w+)|daemonset-(?:ns|name)|port-forward|fork|create-debug-pod|lxcfs-enable)(?:=|$)/;

export const kubectlPlugins: Rule = {
  id: 'kubectl-plugins',
  title: 'A kubectl plugin reaches into Docker',
  severity: 'note',
  why: "Some plugins for debugging go from the API to a node's Docker socket. They are not missed until they are needed: then they find no container, or hang.",
  fix: 'Use kubectl debug, or a plugin that knows the CRI.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/',
  ],
  words: [{ word: 'kubectl', next: /^["',\s\\]*-?(?:flame|dig|sniff|build|debug|krew)/ }],
  *text(view: TextView) {
    for (const command of view.commands()) {
      const [name, plugin] = pluginOf(command) ?? [];
      if (name === undefined || plugin === undefined) continue;
      const hit: Hit = {
        at: view.at(command.offset, command.length),
        message: `\`${name}\` ${plugin.because}: on a node with another runtime it does not work.`,
        fix: plugin.fix,
        ...(plugin.possible === true ? { confidence: 'possible' } : {}),
      };
      yield hit;
    }
  },
};

function pluginOf({ name, words }: ShellCommand): readonly [string, Plugin | undefined] | undefined {
  if (name === 'kubectl-debug') return ['kubectl-debug', DEBUG];
  if (name.startsWith('kubectl-')) return [name, PLUGINS[name.slice('kubectl-'.length)]];
  if (name !== 'kubectl') return undefined;
  const at = words.findIndex((word) => word === 'kubectl' || word.endsWith('/kubectl'));
  const rest = words.slice(at + 1);
  const verb = rest[0] ?? '';
  if (verb === 'krew' && (rest[1] === 'install' || rest[1] === 'upgrade')) {
    const installed = rest.slice(2).find((word) => Object.hasOwn(PLUGINS, word));
    return installed === undefined ? undefined : [`kubectl ${installed}`, PLUGINS[installed]];
  }
  if (verb === 'debug') return rest.some((word) => OF_AYLEI.test(word)) ? ['kubectl debug', DEBUG] : undefined;
  return Object.hasOwn(PLUGINS, verb) ? [`kubectl ${verb}`, PLUGINS[verb]] : undefined;
}
