import { stringify } from 'yaml';
import { appPodSpec, type AppOptions } from './app-pod-spec.js';

/** A file for the kubelet's own folder: where it goes on the node, and what it holds. */
export function staticPod(name: string, options: AppOptions & { readonly namespace?: string } = {}) {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: options.namespace ?? 'default', labels: { app: name } },
    spec: appPodSpec(options),
  };
  return { path: `/etc/kubernetes/manifests/${name}.yaml`, content: stringify(pod) };
}
