import type { TextView } from '../../manifests/views.js';
import type { Hit } from '../rule.js';
import { kubeletArgumentsInText } from './kubelet-arguments-in-text.js';

/** Where units, files of variables and scripts give the kubelet cri-dockerd's socket. */
export function* criDockerdEndpointInText(view: TextView): Iterable<Hit> {
  if (!view.text.includes('cri-dockerd')) return;
  for (const { name, value, at } of [...kubeletArgumentsInText(view)].flat()) {
    if (name !== 'container-runtime-endpoint' && name !== 'image-service-endpoint') continue;
    if (!value.includes('cri-dockerd')) continue;
    yield {
      at,
      message: `The kubelet speaks to cri-dockerd (--${name}), and finds no runtime once cri-dockerd is gone.`,
    };
  }
}
