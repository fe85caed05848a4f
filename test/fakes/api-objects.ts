import { randomUUID } from 'node:crypto';

/** Kubernetes objects as the API server gives them, with what a test leaves out filled in. */

export type ApiObject = {
  metadata: { name: string; namespace?: string; uid?: string; [field: string]: unknown };
  [field: string]: unknown;
};

export interface PodOptions {
  readonly node?: string;
  readonly uid?: string;
  readonly labels?: Record<string, string>;
  /** Kind of the controller; null for none. */
  readonly owner?: { kind: string; name: string; apiVersion?: string } | null;
  readonly volumes?: unknown[];
  readonly phase?: string;
  readonly ready?: boolean;
}

export const apiObjects = {
  pod(namespace: string, name: string, options: PodOptions = {}): ApiObject {
    const {
      node = 'node-1',
      uid = randomUUID(),
      labels = {},
      owner,
      volumes = [],
      phase = 'Running',
      ready = true,
    } = options;
    const controller = owner === undefined ? { kind: 'ReplicaSet', name: `${name}-rs` } : owner;
    return {
      metadata: {
        namespace,
        name,
        uid,
        labels,
        ...(controller === null
          ? {}
          : { ownerReferences: [{ apiVersion: 'apps/v1', uid: randomUUID(), controller: true, ...controller }] }),
      },
      spec: { nodeName: node, containers: [{ name: 'app', image: 'app:1' }], volumes },
      status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    };
  },
  budget(
    namespace: string,
    name: string,
    matchLabels: Record<string, string>,
    numbers: { allowed: number; desired?: number; healthy?: number },
  ): ApiObject {
    return {
      metadata: { namespace, name, uid: randomUUID(), generation: 1 },
      spec: { minAvailable: numbers.desired ?? 1, selector: { matchLabels } },
      status: {
        observedGeneration: 1,
        disruptionsAllowed: numbers.allowed,
        currentHealthy: numbers.healthy ?? 1,
        desiredHealthy: numbers.desired ?? 1,
        expectedPods: 3,
      },
    };
  },
  attachment: (name: string, nodeName: string, persistentVolumeName: string): ApiObject => ({
    metadata: { name },
    spec: { attacher: 'csi.example', nodeName, source: { persistentVolumeName } },
  }),
} as const;
