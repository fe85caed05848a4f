import { appPodSpec, type AppOptions } from './app-pod-spec.js';

export function deployment(name: string, replicas: number, options: AppOptions & { readonly namespace?: string } = {}) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: options.namespace ?? 'default', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: appPodSpec(options) },
    },
  };
}
