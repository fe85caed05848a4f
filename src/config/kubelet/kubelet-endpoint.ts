/**
 * One spelling for a runtime's socket. Installers write `/run/…` and `/var/run/…`, with and without `unix://`, some in
 * quotes; `/var/run` is a link to `/run` on every system that has systemd. Other schemes come back as they were.
 */
export function normaliseEndpoint(text: string): string {
  const bare = text
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .replace(/['"]+$/, '')
    .trim();
  const path = bare.replace(/^unix:(?:\/\/)?(?=\/)/, '');
  if (!path.startsWith('/')) return bare;
  const plain = path.replace(/\/{2,}/g, '/').replace(/^\/var\/run\//, '/run/');
  return `unix://${plain}`;
}

export const sameEndpoint = (a: string, b: string): boolean => normaliseEndpoint(a) === normaliseEndpoint(b);

export const CONTAINERD_ENDPOINT = 'unix:///run/containerd/containerd.sock';

export const CRIO_ENDPOINT = 'unix:///var/run/crio/crio.sock';
