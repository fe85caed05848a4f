import type { Path } from '../../manifests/place.js';
import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';
import { configuresNodes } from './configures-nodes.js';
import { fields } from './fields.js';
import { flagsIn } from './flags-in.js';
import { isRecord } from './is-record.js';
import type { KubeletArgument, KubeletArguments } from './kubelet-argument.js';

/** kubeadm and Cluster API; RKE2 and k3s; kubespray; OpenShift 3; modules for Terraform. */
const LISTS: ReadonlySet<string> = new Set([
  ...['kubeletextraargs', 'kubeletarguments', 'kubeletargs', 'kubeletarg', 'kubeletflags', 'kubeletcustomflags'],
  ...['kubeletnodecustomflags', 'kubeletmastercustomflags', 'kubeletadditionalargs', 'bootstrapextraargs'],
]);

/** RKE 1 has them in `services.kubelet`. */
const OF_KUBELET: ReadonlySet<string> = new Set(['extra_args', 'extraArgs', 'extra_args_array']);

/** kOps' fields of `spec.kubelet` that become a flag. */
const KOPS: Readonly<Record<string, string>> = {
  networkPluginName: 'network-plugin',
  networkPluginMTU: 'network-plugin-mtu',
  imagePullProgressDeadline: 'image-pull-progress-deadline',
  nonMasqueradeCIDR: 'non-masquerade-cidr',
  dockerDisableSharedPID: 'docker-disable-shared-pid',
};
const OF_KOPS: ReadonlySet<string> = new Set(['kubelet', 'masterKubelet', 'controlPlaneKubelet']);

/** The flags that provisioners' objects and variables give a kubelet: one list for each mapping, list or string. */
export function* kubeletArgumentsInObject(view: ObjectView): Generator<KubeletArguments> {
  if (!configuresNodes(view)) return;
  const kops = apiVersionOf(view).startsWith('kops.k8s.io/');
  for (const { key, value, path } of fields(view.value)) {
    const here = [...view.path, ...path];
    if (LISTS.has(key.replace(/[-_+]/g, '').toLowerCase()) || (OF_KUBELET.has(key) && path.at(-2) === 'kubelet')) {
      yield argumentsOf(value, here);
    } else if (kops && OF_KOPS.has(key) && isRecord(value)) {
      yield Object.entries(value).flatMap(([field, item]): KubeletArgument[] => {
        const name = KOPS[field];
        return name === undefined ? [] : [argument(name, item, { path: [...here, field] })];
      });
    }
  }
}

function argumentsOf(value: unknown, path: Path): KubeletArguments {
  if (typeof value === 'string') return argumentsOfText(value, path);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index): KubeletArguments => {
      const here = [...path, index];
      if (typeof item === 'string') return argumentsOfText(item, here);
      // The list of kubeadm's v1beta4.
      if (isRecord(item) && typeof item['name'] === 'string')
        return [argument(item['name'], item['value'], { path: [...here, 'name'] })];
      return [];
    });
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([name, item]) => argument(name, item, { path: [...path, name], key: true }));
}

/** `--name=value`, several of them, or k3s's `name=value`. */
function argumentsOfText(text: string, path: Path): KubeletArguments {
  const flags = [...flagsIn(text)];
  if (flags.length > 0) {
    return flags.map(({ name, value, offset, length }) => ({ name, value, at: { path, offset, length } }));
  }
  const [, name, value] = /^\s*([a-z][a-z0-9_-]*)=(.*)$/is.exec(text) ?? [];
  return name === undefined ? [] : [argument(name, value, { path })];
}

function argument(name: string, value: unknown, at: KubeletArgument['at']): KubeletArgument {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof one === 'string' ? one : typeof one === 'number' || typeof one === 'boolean' ? String(one) : '';
  return { name: name.replace(/^--?/, '').replaceAll('_', '-').toLowerCase(), value: text, at };
}
