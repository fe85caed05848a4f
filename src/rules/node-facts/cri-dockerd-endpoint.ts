import type { ObjectView } from '../../manifests/views.js';
import type { Hit } from '../rule.js';
import { apiVersionOf } from './api-version-of.js';
import { isRecord } from './is-record.js';
import { kubeletArgumentsInObject } from './kubelet-arguments-in-object.js';

const OF_KUBELET = ['containerRuntimeEndpoint', 'imageServiceEndpoint'];
const OF_CRICTL = ['runtime-endpoint', 'image-endpoint'];
const FLAGS = ['container-runtime-endpoint', 'image-service-endpoint'];

const isCriDockerd = (value: unknown): boolean => typeof value === 'string' && value.includes('cri-dockerd');

/** Where a KubeletConfiguration, crictl's configuration or a provisioner's arguments for the kubelet name cri-dockerd's socket. */
export function* criDockerdEndpoint(view: ObjectView): Iterable<Hit> {
  const { value, path } = view;
  const apiVersion = apiVersionOf(view);
  if (!isRecord(value)) return;
  if (apiVersion.startsWith('kubelet.config.k8s.io/')) {
    const field = OF_KUBELET.find((name) => isCriDockerd(value[name]));
    if (field !== undefined) yield { at: { path: [...path, field] }, message: speaks(`its ${field}`) };
  } else if (apiVersion === '') {
    const field = OF_CRICTL.find((name) => isCriDockerd(value[name]));
    if (field !== undefined) {
      const message = `crictl asks cri-dockerd for containers (${field}), and gets no answer once cri-dockerd is gone.`;
      yield { at: { path: [...path, field] }, message };
    }
  }
  for (const argument of [...kubeletArgumentsInObject(view)].flat()) {
    if (FLAGS.includes(argument.name) && isCriDockerd(argument.value)) {
      yield { at: argument.at, message: speaks(`--${argument.name}`) };
    }
  }
}

const speaks = (by: string): string =>
  `The kubelet speaks to cri-dockerd (${by}), and finds no runtime once cri-dockerd is gone.`;
