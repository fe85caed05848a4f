import { z } from 'zod';
import type { ClusterPod, ContainerState } from '../core/cluster-objects.js';
import { containerSecurityContext, containerSecurityOf, podSecurityContext } from './container-security-of.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';

const container = z.object({
  name: lenient.text,
  image: lenient.text,
  ports: lenient.list(z.object({ hostPort: lenient.number })),
  lifecycle: lenient.object({ preStop: z.unknown().optional() }),
  securityContext: containerSecurityContext,
});

const end = z.object({ reason: lenient.text, message: lenient.text, exitCode: lenient.number }).nullish();

const containerStatus = z.object({
  name: lenient.text,
  image: lenient.text,
  containerID: lenient.text,
  ready: lenient.flag,
  restartCount: lenient.number,
  state: lenient.object({ waiting: end, terminated: end }),
});

const schema = z.object({
  metadata: z.object({
    namespace: lenient.text,
    name: z.string(),
    uid: lenient.text,
    labels: lenient.texts,
    annotations: lenient.texts,
    deletionTimestamp: lenient.maybeText,
    ownerReferences: lenient.list(
      z.object({
        kind: lenient.text,
        name: lenient.text,
        apiVersion: lenient.text,
        uid: lenient.text,
        controller: lenient.flag,
      }),
    ),
  }),
  spec: lenient.object({
    nodeName: lenient.text,
    hostNetwork: lenient.flag,
    priorityClassName: lenient.text,
    runtimeClassName: lenient.maybeText,
    terminationGracePeriodSeconds: z.number().nullish(),
    securityContext: podSecurityContext,
    containers: lenient.list(container),
    initContainers: lenient.list(container),
    ephemeralContainers: lenient.list(container),
    volumes: lenient.list(
      z.object({
        name: lenient.text,
        emptyDir: z.unknown().optional(),
        ephemeral: z.unknown().optional(),
        persistentVolumeClaim: z.object({ claimName: lenient.text }).nullish(),
      }),
    ),
  }),
  status: lenient.object({
    phase: lenient.text,
    conditions: lenient.list(z.object({ type: lenient.text, status: lenient.text })),
    containerStatuses: lenient.list(containerStatus),
    initContainerStatuses: lenient.list(containerStatus),
  }),
});

/** A v1 Pod. */
export function podOf(raw: unknown): ClusterPod {
  const { metadata, spec, status } = parseObject(schema, raw, 'Pod');
  const all = [...spec.initContainers, ...spec.containers, ...spec.ephemeralContainers];
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    nodeName: spec.nodeName,
    labels: metadata.labels,
    annotations: metadata.annotations,
    owners: metadata.ownerReferences,
    phase: status.phase === '' ? 'Unknown' : status.phase,
    ready: status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    deletionTimestamp: metadata.deletionTimestamp,
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    hostNetwork: spec.hostNetwork,
    priorityClassName: spec.priorityClassName,
    runtimeClassName: spec.runtimeClassName,
    hasEmptyDir: spec.volumes.some(({ emptyDir }) => isSet(emptyDir)),
    claims: spec.volumes.flatMap((volume) => {
      if (volume.persistentVolumeClaim) return [volume.persistentVolumeClaim.claimName];
      // The claim of a generic ephemeral volume is named after the pod.
      return isSet(volume.ephemeral) ? [`${metadata.name}-${volume.name}`] : [];
    }),
    hostPorts: all.flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)).filter((port) => port > 0),
    images: all.map(({ image }) => image),
    containers: [
      // An init container counts while it holds the pod up; afterwards it says nothing of the pod's health.
      ...status.initContainerStatuses.filter(({ state }) => state.terminated?.exitCode !== 0),
      ...status.containerStatuses,
    ].map(stateOf),
    security: all.map(({ name, securityContext }) => containerSecurityOf(name, securityContext, spec.securityContext)),
    preStopContainers: all.filter(({ lifecycle }) => isSet(lifecycle.preStop)).map(({ name }) => name),
  };
}

function stateOf({
  name,
  image,
  containerID,
  ready,
  restartCount,
  state,
}: z.infer<typeof containerStatus>): ContainerState {
  const { reason, message } = state.waiting ?? state.terminated ?? { reason: '', message: '' };
  return { name, image, containerId: containerID, ready, restartCount, reason, message };
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;
