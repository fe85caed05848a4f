import type { KubeletFlagRule } from './flag-rule.js';

/** Those that choose the runtime. */
export const runtimeRules: readonly KubeletFlagRule[] = [
  {
    flag: 'container-runtime',
    deprecated: '1.24',
    removed: '1.27',
    fate: 'set',
    what: 'dockershim (`docker`) or a runtime behind a socket (`remote`)',
    becomes: '`remote` up to 1.23; gone from 1.24 on',
    why: 'From 1.24 on there is nothing else to choose, and a kubelet from 1.27 on does not start with the flag.',
    answer: (_value, { kubelet }) =>
      kubelet.minor <= 23
        ? {
            outcome: 'kubelet',
            target: undefined,
            note: 'the kubelet is told to use a runtime behind a socket: remote',
          }
        : { outcome: 'not-needed', target: '', note: 'kubelets from 1.24 on have nothing else to choose' },
  },
  {
    flag: 'container-runtime-endpoint',
    field: 'containerRuntimeEndpoint',
    deprecated: '1.27',
    fate: 'set',
    what: "the runtime's socket",
    becomes: "the new runtime's socket, in the flag, or in the field where only that is set (1.27 and later)",
    why: 'The field is known from 1.27 on; from 1.24 to 1.26 a kubelet without the flag does not start.',
    answer: (_value, { endpoint }) => ({
      outcome: 'kubelet',
      target: undefined,
      note: `the kubelet reaches the new runtime at ${endpoint}`,
    }),
  },
  {
    flag: 'image-service-endpoint',
    field: 'imageServiceEndpoint',
    deprecated: '1.27',
    fate: 'goes',
    what: 'the socket of a separate image service',
    becomes: 'gone: images come by the socket of the runtime',
    why: "Left as it is it would lead to Docker's images, of which the new runtime knows nothing.",
    answer: () => ({
      outcome: 'not-needed',
      target: '',
      note: "without it, images come by the new runtime's own socket",
    }),
  },
];
