import { versionPairProblem } from '../../config/version-gates.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const versionPair: Gate = {
  id: 'version-pair',
  title: 'The kubelet and containerd understand each other',
  why: 'Kubelets up to 1.22 speak CRI v1alpha2 only, which containerd 2 does not know; those from 1.26 on speak v1 only, which containerd 1.5 does not know. A kubelet that finds no CRI it knows does not start.',
  links: ['https://containerd.io/releases/#kubernetes-support'],
  check: ({ inventory: { kubelet, containerd }, options }) => {
    if (options.target !== 'containerd') return [];
    if (!kubelet.known) return [notKnown('the version of the kubelet', kubelet.why)];
    if (!containerd.known) {
      const unknown = notKnown('the version of containerd', containerd.why);
      return [
        {
          ...unknown,
          fix: 'install containerd beside Docker if it is missing, which disturbs nothing, and plan again',
        },
      ];
    }
    const problem = versionPairProblem(containerd.value.version, kubelet.value.version);
    if (problem === undefined) return [];
    const pair = `containerd ${containerd.value.version} cannot serve the kubelet ${kubelet.value.version}`;
    return [{ level: 'blocker', message: `${pair}: ${problem.because}`, fix: problem.fix }];
  },
};
