import { drainDecisions } from '../../drain/drain-decisions.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const preStopHooks: Gate = {
  id: 'pre-stop-hooks',
  title: 'Pods that stay have no preStop hooks',
  why: 'Pods of DaemonSets and static pods are not drained; their containers are stopped in Docker while the kubelet is down, and it is the kubelet that runs preStop hooks.',
  links: ['https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/'],
  check: ({ inventory: { pods }, options }) => {
    if (!pods.known) return [notKnown('whether pods that stay have preStop hooks', pods.why)];
    const { stay } = drainDecisions(pods.value, { options: options.drain, goneDaemonSets: new Set() });
    return stay
      .filter(({ pod }) => pod.preStopContainers.length > 0)
      .map(({ pod }) => ({
        level: 'warning',
        message: `pod ${podName(pod)} stays in the drain, and the preStop hook of ${pod.preStopContainers.join(', ')} is not run in the switch`,
        fix: 'do by hand what the hook does, if the pod cannot be stopped without it',
      }));
  },
};
