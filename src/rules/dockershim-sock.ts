import type { PodView } from '../manifests/views.js';
import { adviceFor } from './agents/advice-for.js';
import { criSocketOf } from './parts/cri-socket-of.js';
import { missingSocket } from './parts/missing-socket.js';
import { mountSentence } from './parts/mount-sentence.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { onlyContainer } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const PIPE = '\\\\.\\pipe\\dockershim';

const isDockershimSocket = (path: string): boolean => path.endsWith('/dockershim.sock') || path === PIPE;

export const dockershimSock: Rule = {
  id: 'dockershim-sock',
  title: "Pod is given dockershim's CRI socket",
  severity: 'error',
  why:
    'The kubelet itself served /var/run/dockershim.sock, and serves it no longer from Kubernetes 1.24 on, or ' +
    'once it uses another runtime. Versions 1.6 to 1.11 of the Amazon VPC CNI mount it as /var/run/cri.sock; ' +
    'images of EKS had a symbolic link in its place, other nodes have none.',
  fix: 'Mount the CRI socket of the new runtime instead: /run/containerd/containerd.sock or /run/crio/crio.sock.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://github.com/aws/amazon-vpc-cni-k8s/issues/2133',
    'https://github.com/kubernetes/kops/issues/11589',
  ],
  words: ['dockershim'],

  *pod(pod: PodView, { target }: Scene): Iterable<Hit> {
    const advice = adviceFor(pod.containers.map(({ image }) => image));
    const fix = `${advice === undefined ? '' : `${advice} Else: `}mount ${criSocketOf(target)} instead, and give the program that path.`;
    for (const reach of reachesOf(pod, isDockershimSocket)) {
      const { says, severity } = missingSocket(reach, pod.complete);
      const message = `${mountSentence(reach, pod.complete)} No kubelet serves this socket without dockershim. ${says}`;
      yield { at: { path: reach.at }, message, severity, fix: sentence(fix), ...onlyContainer(reach) };
    }
    yield* namedHits(pod, isDockershimSocket, 'No kubelet serves this socket without dockershim.', sentence(fix));
  },
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
