import type { Notice } from '../../core/plan.js';
import { isObject, type DockerLogin } from './docker-login.js';

/** What of root's `docker login` no kubelet can use, with the registries it is about. */
export function loginNotices(source: string, { auths, others }: DockerLogin): readonly Notice[] {
  const notices: Notice[] = [];
  const warn = (message: string, fix: string): void => {
    notices.push({ gate: 'credentials', level: 'warning', message, fix });
  };
  const provider =
    'give the kubelet an image credential provider (--image-credential-provider-config), or pods imagePullSecrets';
  const helpers = isObject(others['credHelpers']) ? Object.entries(others['credHelpers']) : [];
  if (helpers.length > 0) {
    const list = helpers
      .map(([registry, helper]) => `${registry} (${typeof helper === 'string' ? helper : '?'})`)
      .join(', ');
    warn(`${source} names credential helpers, which the kubelet does not call: ${list}`, provider);
  }
  const store = others['credsStore'];
  if (typeof store === 'string' && store !== '') {
    const inStore = Object.keys(auths).filter((registry) => Object.keys(auths[registry] ?? {}).length === 0);
    const which = inStore.length > 0 ? inStore.join(', ') : 'every registry that has no credentials in the file';
    warn(`${source} keeps credentials in the store ${store}, which the kubelet does not read: ${which}`, provider);
  }
  const tokens = Object.keys(auths).filter((registry) => isToken(auths[registry]?.['identitytoken']));
  if (tokens.length > 0) {
    warn(`${source} has identity tokens, which the kubelet does not use: ${tokens.join(', ')}`, provider);
  }
  return notices;
}

const isToken = (value: unknown): boolean => typeof value === 'string' && value !== '';
