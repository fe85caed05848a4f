import { describe, expect, it } from 'vitest';
import { containerOwner } from '../../src/runtimes/container-owner.js';

const UID = '6f0f3a7e-56d1-4c0e-9a38-0d2f0a1c7b11';
const pod = {
  'io.kubernetes.pod.name': 'web-7d4b',
  'io.kubernetes.pod.namespace': 'shop',
  'io.kubernetes.pod.uid': UID,
};
const sandbox = {
  ...pod,
  'io.kubernetes.docker.type': 'podsandbox',
  'io.kubernetes.container.name': 'POD',
  app: 'web',
};
const container = {
  ...pod,
  'io.kubernetes.docker.type': 'container',
  'io.kubernetes.container.name': 'nginx',
  'io.kubernetes.sandbox.id': 'abc',
};
const inPod = { namespace: 'shop', pod: 'web-7d4b', podUid: UID };

describe('containerOwner', () => {
  it.each([
    [
      'a sandbox',
      `k8s_POD_web-7d4b_shop_${UID}_0`,
      sandbox,
      { kind: 'dockershim', role: 'sandbox', container: 'POD', ...inPod },
    ],
    [
      'a container',
      `k8s_nginx_web-7d4b_shop_${UID}_12`,
      container,
      { kind: 'dockershim', role: 'container', container: 'nginx', ...inPod },
    ],
    [
      'a container after a name conflict',
      `k8s_nginx_web-7d4b_shop_${UID}_0_5f3a9c01`,
      container,
      { kind: 'dockershim', role: 'container', container: 'nginx', ...inPod },
    ],
    [
      'a sandbox of a pod that Compose’s labels were copied to',
      `k8s_POD_web-7d4b_shop_${UID}_0`,
      { ...sandbox, 'com.docker.compose.project': 'shop' },
      { kind: 'dockershim', role: 'sandbox', container: 'POD', ...inPod },
    ],
    [
      'a static pod',
      'k8s_etcd_etcd-w1_kube-system_0123456789abcdef0123456789abcdef_3',
      {
        'io.kubernetes.docker.type': 'container',
        'io.kubernetes.container.name': 'etcd',
        'io.kubernetes.pod.name': 'etcd-w1',
        'io.kubernetes.pod.namespace': 'kube-system',
        'io.kubernetes.pod.uid': '0123456789abcdef0123456789abcdef',
      },
      {
        kind: 'dockershim',
        role: 'container',
        container: 'etcd',
        namespace: 'kube-system',
        pod: 'etcd-w1',
        podUid: '0123456789abcdef0123456789abcdef',
      },
    ],
    [
      'a service of Compose',
      'shop_db_1',
      { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'db' },
      { kind: 'compose', project: 'shop' },
    ],
    [
      'a task of Swarm',
      'shop_db.1.x7',
      { 'com.docker.swarm.service.name': 'shop_db', 'com.docker.swarm.task': '' },
      { kind: 'swarm', service: 'shop_db' },
    ],
    ['a task of Swarm by id', 'x', { 'com.docker.swarm.service.id': 'q1w2' }, { kind: 'swarm', service: 'q1w2' }],
    [
      'a component of RKE',
      'kubelet',
      { 'io.rancher.rke.container.name': 'kubelet' },
      { kind: 'rke', component: 'kubelet' },
    ],
    ['what somebody ran', 'quirky_babbage', { maintainer: 'me' }, { kind: 'plain' }],
    ['what somebody named a little like a pod’s', 'k8s_dashboard', {}, { kind: 'plain' }],
    ['what has too many fields to be a pod’s', 'k8s_a_b_c_d_0_e_f', {}, { kind: 'plain' }],
    ['a name of which a field is empty', `k8s__web_shop_${UID}_0`, {}, { kind: 'plain' }],
  ])('knows %s', (_what, name, labels, owner) => {
    expect(containerOwner(name, labels)).toEqual(owner);
  });

  it.each([
    ['run from an image committed from a pod’s container', 'debug', container, /not named like one/],
    ['that an imitator gave the labels of another pod', `k8s_nginx_other_shop_${UID}_0`, container, /name another pod/],
    ['whose role contradicts its name', `k8s_POD_web-7d4b_shop_${UID}_0`, container, /name another pod or container/],
    [
      'of a kubelet before labels, or an imitation',
      `k8s_nginx_web_shop_${UID}_0`,
      {},
      /no label io\.kubernetes\.docker\.type/,
    ],
    ['with a pod’s labels and no type', 'x', pod, /label io\.kubernetes\.pod\.name/],
    ['with a type and no pod', 'x', { 'io.kubernetes.docker.type': 'container' }, /not all of/],
    [
      'with a type nobody knows',
      `k8s_nginx_web-7d4b_shop_${UID}_0`,
      { ...container, 'io.kubernetes.docker.type': 'vm' },
      /says "vm"/,
    ],
  ])('does not take for dockershim’s one %s', (_what, name, labels, why) => {
    const owner = containerOwner(name, labels);
    expect(owner).toEqual({ kind: 'kubernetes-other', why: expect.stringMatching(why) });
  });
});
