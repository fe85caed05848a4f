import type { ContainerView } from '../../manifests/views.js';

/** Traefik's flags for its docker provider: `--providers.docker…` since 2.0, `--docker…` in 1.x. */
export function isDockerProviderFlag(word: string, { image }: Pick<ContainerView, 'image'>): boolean {
  if (/^--providers\.docker(?:\.(?!.*=false$)|=(?!false$)|$)/i.test(word)) return true;
  return /(?:^|\/)traefik(?:[:@]|$)/.test(image) && /^--docker(?:$|[.=](?!.*false$))/.test(word);
}
