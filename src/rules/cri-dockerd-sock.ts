import type { ObjectView, PodView, TextView } from '../manifests/views.js';
import { criDockerdEndpointInText } from './node-facts/cri-dockerd-endpoint-in-text.js';
import { criDockerdEndpoint } from './node-facts/cri-dockerd-endpoint.js';
import { criSocketOf } from './parts/cri-socket-of.js';
import { missingSocket } from './parts/missing-socket.js';
import { mountSentence } from './parts/mount-sentence.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { onlyContainer } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const isCriDockerdSocket = (path: string): boolean => path.endsWith('/cri-dockerd.sock') || /\\cri-dockerd$/.test(path);

export const criDockerdSock: Rule = {
  id: 'cri-dockerd-sock',
  title: "cri-dockerd's socket is used",
  severity: 'error',
  why:
    'Only cri-dockerd serves /run/cri-dockerd.sock. A node that moves to containerd or CRI-O has none, and what ' +
    'was given this socket finds no runtime.',
  fix: 'Point it to the CRI socket of the new runtime: /run/containerd/containerd.sock or /run/crio/crio.sock.',
  links: [
    'https://github.com/Mirantis/cri-dockerd',
    'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
  ],
  words: ['cri-dockerd'],

  *pod(pod: PodView, { target }: Scene): Iterable<Hit> {
    if (target === 'cri-dockerd') return;
    const fix = `Mount ${criSocketOf(target)} instead, and give the program that path.`;
    for (const reach of reachesOf(pod, isCriDockerdSocket)) {
      const { says, severity } = missingSocket(reach, pod.complete);
      const message = `${mountSentence(reach, pod.complete)} ${says}`;
      yield { at: { path: reach.at }, message, severity, fix, ...onlyContainer(reach) };
    }
    yield* namedHits(pod, isCriDockerdSocket, 'Once cri-dockerd is gone, nothing serves it.', fix);
  },

  *object(view: ObjectView, { target }: Scene): Iterable<Hit> {
    if (target !== 'cri-dockerd') yield* criDockerdEndpoint(view);
  },

  *text(view: TextView, { target }: Scene): Iterable<Hit> {
    if (target !== 'cri-dockerd') yield* criDockerdEndpointInText(view);
  },
};
