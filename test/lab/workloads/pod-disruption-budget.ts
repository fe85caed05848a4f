/** Guards the pods of the deployment of the same name. */
export function podDisruptionBudget(name: string, minAvailable: number | string, namespace = 'default') {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  };
}
