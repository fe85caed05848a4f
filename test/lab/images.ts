/** What every node has in Docker Engine, and nowhere else. There is no registry to pull anything from. */
export const IMAGES = {
  pause: 'k8s.gcr.io/pause:3.4.1',
  app: 'registry.lab/app:1',
} as const;
