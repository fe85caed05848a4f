import { appPodSpec, type AppOptions } from './app-pod-spec.js';

/** On every node, cordoned, tainted or not, as network plugins and log collectors are. */
export function daemonSet(name: string, options: AppOptions & { readonly namespace?: string } = {}) {
  const labels = { app: name };
  const spec = { tolerations: [{ operator: 'Exists' }], ...options.spec };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: options.namespace ?? 'default', labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: appPodSpec({ ...options, spec }) },
    },
  };
}
