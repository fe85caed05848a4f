import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const dockershim: Gate = {
  id: 'dockershim',
  title: 'The kubelet uses dockershim',
  why: 'Kubelets up to 1.23 reach Docker by dockershim, which is built in; later ones need cri-dockerd for it, whose containers have to be stopped in another way.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/find-out-runtime-you-use/'],
  check: ({ inventory: { kubelet, node }, conversion }) => {
    if (!kubelet.known) return [notKnown('which runtime the kubelet uses', kubelet.why)];
    const { runtime, version } = kubelet.value;
    const fix = 'migrate this node by replacing it, or take it back to dockershim first';
    switch (runtime.kind) {
      case 'dockershim':
        return [];
      case 'cri-dockerd': {
        const message = `the kubelet ${version} reaches Docker by cri-dockerd (${runtime.endpoint}), and only dockershim can be left yet`;
        return [{ level: 'blocker', message, fix }];
      }
      case 'containerd':
      case 'cri-o': {
        const reported = node.known ? node.value.runtimeVersion : 'unknown';
        const message = `the kubelet is set to ${runtime.kind} (${runtime.endpoint}), while the node reports ${reported}`;
        const way =
          runtime.endpoint === conversion.endpoint ? 'see why the kubelet does not report its new runtime' : fix;
        return [{ level: 'blocker', message, fix: `${way}: \`journalctl -u kubelet\`` }];
      }
      case 'other': {
        const message = `the kubelet uses a runtime at ${runtime.endpoint}, which is neither Docker nor known here`;
        return [{ level: 'blocker', message, fix }];
      }
    }
  },
};
