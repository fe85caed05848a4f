import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import { flagAdvice } from './node-facts/flag-advice.js';
import { flagFate, type FlagFate } from './node-facts/flag-fate.js';
import type { KubeletArgument, KubeletArguments } from './node-facts/kubelet-argument.js';
import { kubeletArgumentsInObject } from './node-facts/kubelet-arguments-in-object.js';
import { kubeletArgumentsInText } from './node-facts/kubelet-arguments-in-text.js';
import { listed } from './node-facts/listed.js';
import { reaches } from './node-facts/reaches.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

export const kubeletFlag: Rule = {
  id: 'kubelet-flag',
  title: 'The kubelet is started with flags of dockershim',
  severity: 'error',
  why: 'Flags that only dockershim read were removed with it in Kubernetes 1.24, and --container-runtime in 1.27. A kubelet that is given a flag it does not know does not start, and the node stays away from the cluster.',
  fix: "Remove the flags from wherever the kubelet's command line is put together before its version is raised.",
  links: [
    'https://github.com/kubernetes/kubernetes/pull/106907',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/',
    'https://github.com/kubernetes-sigs/kubespray/issues/8924',
  ],
  words: [
    ...['network-plugin', 'network_plugin', 'networkplugin', 'cni-bin-dir', 'cni_bin_dir', 'cni-conf-dir'],
    ...['cni_conf_dir', 'cni-cache-dir', 'cni_cache_dir', 'progress-deadline', 'progress_deadline', 'dockershim'],
    ...['progressdeadline', 'container-streaming', 'container_streaming', 'masquerade-cidr', 'masquerade_cidr'],
    ...['masqueradecidr', 'infra-container-image', 'infra_container_image', 'dockerdisablesharedpid'],
    ...['runtime-cgroups', 'runtime_cgroups'],
    ['kubelet', 'container-runtime'],
    ['kubelet', 'container_runtime'],
    ['kubelet', { word: 'docker', next: /^(?:[-_][a-z]|["']?\s*[:=])/i }],
    ['kubelet', { word: '--docker', next: /^(?![\w-])/ }],
  ],
  *object(view: ObjectView, scene: Scene) {
    for (const given of kubeletArgumentsInObject(view)) yield* hitsOf(given, scene);
  },
  *text(view: TextView, scene: Scene) {
    for (const given of kubeletArgumentsInText(view)) yield* hitsOf(given, scene);
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    const { kubelet } = inventory;
    if (!kubelet.known) {
      yield { undecided: kubelet.why };
      return;
    }
    // What a file of the node says is found there, with its line.
    const files = Object.values(valueOf(inventory.files) ?? {});
    const given = Object.entries(kubelet.value.flags)
      .filter(([name]) => !files.some(({ content }) => content.replaceAll('_', '-').includes(`--${name}`)))
      .map(([name, value]) => ({ name, value, at: { path: [] } }));
    for (const { at: _at, ...hit } of hitsOf(given, scene)) {
      const flags = given.map(({ name, value }) => `--${name}=${value}`);
      yield { ...hit, evidence: flags.filter((flag) => hit.message.includes(flag)).join(' ') };
    }
  },
};

/** One hit for all flags of a list that share a fate. */
function* hitsOf(given: KubeletArguments, scene: Scene): Generator<Hit> {
  const groups = new Map<string, { readonly fate: FlagFate; readonly flags: KubeletArgument[] }>();
  for (const flag of given) {
    const fate = flagFate(flag.name, flag.value);
    if (fate === undefined) continue;
    const key = fate.kind === 'removed' ? `${fate.kind} ${fate.minor}` : fate.kind;
    const group = groups.get(key) ?? { fate, flags: [] };
    group.flags.push(flag);
    groups.set(key, group);
  }
  for (const { fate, flags } of groups.values()) {
    const [first] = flags;
    const verdict = verdictOn(fate, flags, scene);
    if (first !== undefined && verdict !== undefined) yield { at: first.at, ...verdict };
  }
}

function verdictOn(
  fate: FlagFate,
  flags: KubeletArguments,
  scene: Scene,
): Pick<Hit, 'message' | 'severity' | 'fix'> | undefined {
  const runtime = targetRuntime(scene.target);
  const written = listed([...new Set(flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${value}`}`))]);
  const names = flags.map(({ name }) => name);
  switch (fate.kind) {
    case 'removed': {
      const reached = reaches(scene, fate.minor);
      // Every kubelet up to 1.34 may have it, whatever its runtime.
      if (fate.minor === 35 && !reached) return undefined;
      const severity = reached ? 'error' : fate.minor === 24 ? 'warning' : 'note';
      const message = `The kubelet is started with ${written}; from Kubernetes 1.${fate.minor} on it does not know ${flags.length === 1 ? 'this flag' : 'these flags'} and does not start.`;
      const kubenet = flags.some(({ name, value }) => name === 'network-plugin' && value === 'kubenet');
      return { severity, message, fix: flagAdvice(names, runtime, kubenet) };
    }
    case 'unanswered': {
      const message = `The kubelet looks for its runtime at dockershim's own socket (${written}), where nobody answers without dockershim.`;
      const fix = `Set ${listed([...new Set(names)].map((name) => `--${name}=${runtime.endpoint}`))}.`;
      return { severity: reaches(scene, 24) ? 'error' : 'warning', message, fix };
    }
    case 'renamed': {
      if (scene.target === 'cri-dockerd') return undefined;
      const message = `The kubelet accounts for the runtime in a cgroup of Docker (${written}), which does not exist under ${runtime.name}.`;
      return { severity: 'warning', message, fix: `Set --runtime-cgroups=/system.slice/${runtime.unit}.` };
    }
  }
}
