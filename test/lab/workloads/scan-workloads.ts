import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { daemonSet } from './daemon-set.js';
import { deployment } from './deployment.js';
import { dockerClient, socketMount, socketPodSpec } from './docker-client.js';

/** Stands in the Secrets, and must stand nowhere else. */
export const PASSWORD = 'correct-horse-battery';

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'runners.ci.example.com' },
  spec: {
    group: 'ci.example.com',
    scope: 'Namespaced',
    names: { kind: 'Runner', plural: 'runners', singular: 'runner' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

const POLICY = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: {
    name: 'agents',
    annotations: { 'seccomp.security.alpha.kubernetes.io/allowedProfileNames': 'docker/default' },
  },
  spec: {
    ...{ seLinux: { rule: 'RunAsAny' }, runAsUser: { rule: 'RunAsAny' }, fsGroup: { rule: 'RunAsAny' } },
    supplementalGroups: { rule: 'RunAsAny' },
    volumes: ['hostPath'],
    allowedHostPaths: [{ pathPrefix: '/var/run/docker.sock' }],
  },
};

const FLUENT_CONF = `<source>
  @type tail
  path /var/log/containers/*.log
  <parse>
    @type json
  </parse>
</source>
`;

const RUNNER_CONFIG = `[[runners]]
  token = "${PASSWORD}"
  [runners.kubernetes]
    [[runners.kubernetes.volumes.host_path]]
      name = "docker"
      mount_path = "/var/run/docker.sock"
      host_path = "/var/run/docker.sock"
`;

/** As Helm 3 keeps it: gzip in base64; the API puts it into base64 once more. */
function release(name: string, objects: readonly object[]) {
  const manifest = objects.map((one) => `---\n${stringify(one)}`).join('');
  const record = { name, namespace: 'default', version: 3, manifest };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v3`,
      namespace: 'default',
      labels: { owner: 'helm', name, status: 'deployed', version: '3' },
    },
    stringData: { release: gzipSync(JSON.stringify(record)).toString('base64') },
  };
}

const object = (apiVersion: string, kind: string, name: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default' },
  ...rest,
});

const cronJob = object('batch/v1', 'CronJob', 'prune', {
  spec: {
    schedule: '0 3 * * *',
    suspend: true,
    jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', ...socketPodSpec() } } } },
  },
});

/**
 * What a cluster scan has to find, but for what needs a node's file or another object's uid. Of the custom resource there is
 * no object: an API server of 1.21 that was built with Go 1.18 or later ends when it is to make one
 * (https://github.com/modern-go/reflect2/issues/24).
 */
export const SCAN_WORKLOADS = [
  CRD,
  daemonSet('agent', dockerClient),
  deployment('idle', 0, socketMount),
  cronJob,
  object('v1', 'Pod', 'bare', { spec: { ...socketPodSpec(), terminationGracePeriodSeconds: 0 } }),
  object('v1', 'ConfigMap', 'fluentd', { data: { 'fluent.conf': FLUENT_CONF } }),
  object('v1', 'Secret', 'runner', { stringData: { 'config.toml': RUNNER_CONFIG } }),
  release('monitoring', [object('v1', 'Pod', 'cadvisor', { spec: socketPodSpec() }), daemonSet('agent', dockerClient)]),
  POLICY,
];

/** A pod whose owner's template has no socket: what a webhook would make of it. */
export const injectedPod = (owner: { readonly kind: string; readonly name: string; readonly uid: string }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'injected',
    namespace: 'default',
    ownerReferences: [{ apiVersion: 'batch/v1', ...owner, controller: true }],
  },
  spec: socketPodSpec(),
});

/** Nothing in it depends on Docker. */
export const PLAIN_CRON_JOB = object('batch/v1', 'CronJob', 'report', {
  spec: {
    schedule: '0 4 * * *',
    suspend: true,
    jobTemplate: { spec: { template: { spec: { ...socketPodSpec(), restartPolicy: 'Never', ...withoutVolumes() } } } },
  },
});

function withoutVolumes() {
  const { containers } = socketPodSpec();
  return { containers: containers.map((container) => ({ ...container, volumeMounts: [] })), volumes: [] };
}
