import type { ObjectRef } from '../core/finding.js';
import type { Found } from './found.js';

export interface OwnerRef {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
}

/** A live object, as much of it as its place among owners takes. */
export interface LiveObject {
  readonly uid: string;
  readonly ref: ObjectRef;
  /** Its controller. */
  readonly owner: OwnerRef | undefined;
}

export interface OwnerLedger {
  /** What was found in a running pod. */
  addPod(pod: LiveObject, found: readonly Found[]): void;
  /** Any other object, also one without findings: it may own those that have some. */
  addObject(object: LiveObject, found: readonly Found[]): void;
  /** Every finding at its topmost owner, once, with the number of pods that share it. */
  settle(): Found[];
}

interface PodGroup {
  readonly first: LiveObject;
  readonly counted: Map<string, { readonly found: Found; pods: number }>;
}

/**
 * Brings findings in pods to the objects that people change. Pods come first; only the owners of pods with findings are
 * remembered, so that the ledger grows with what is wrong and not with the cluster.
 */
export function ownerLedger(): OwnerLedger {
  const groups = new Map<string, PodGroup>();
  const templates = new Map<string, { readonly object: LiveObject; readonly found: readonly Found[] }>();
  const awaited = new Set<string>();
  const known = new Map<string, LiveObject>();

  const await_ = (owner: OwnerRef | undefined): void => {
    if (owner !== undefined) awaited.add(owner.uid);
  };

  return {
    addPod(pod, found) {
      if (found.length === 0) return;
      const key = pod.owner?.uid ?? pod.uid;
      const group = groups.get(key) ?? { first: pod, counted: new Map<string, { found: Found; pods: number }>() };
      groups.set(key, group);
      await_(pod.owner);
      for (const one of found) {
        const counted = group.counted.get(keyOf(one));
        if (counted === undefined) group.counted.set(keyOf(one), { found: one, pods: 1 });
        else counted.pods += 1;
      }
    },
    addObject(object, found) {
      if (found.length > 0) templates.set(object.uid, { object, found });
      if (found.length > 0 || awaited.has(object.uid)) {
        known.set(object.uid, object);
        await_(object.owner);
      }
    },
    settle() {
      const settled = new Map<string, Map<string, Found>>();
      const put = (top: string, one: Found): void => {
        const at = settled.get(top) ?? new Map<string, Found>();
        settled.set(top, at);
        const twin = at.get(keyOf(one));
        const pods = (twin?.pods ?? 0) + (one.pods ?? 0);
        at.set(keyOf(one), { ...(twin ?? one), ...(pods === 0 ? {} : { pods }) });
      };

      for (const [uid, { object, found }] of templates) {
        const { top, chain, seen } = climb(object.owner, object.ref.namespace);
        // What a controller made of its own template says nothing that the template does not.
        if (top !== undefined && seen) continue;
        for (const one of found) {
          put(top?.uid ?? uid, {
            ...one,
            object: top?.ref ?? one.object,
            ...(chain.length > 1 ? { owners: chain } : {}),
          });
        }
      }
      for (const { first, counted } of groups.values()) {
        const { top, chain, seen } = climb(first.owner, first.ref.namespace);
        const uid = top?.uid ?? first.uid;
        const own = settled.get(uid);
        for (const { found, pods } of counted.values()) {
          const inTemplate = own?.has(keyOf(found)) === true;
          const message = top !== undefined && seen && !inTemplate ? `${found.message} ${INJECTED}` : found.message;
          const owners = [...chain, `Pod/${first.ref.name}`];
          put(uid, {
            ...found,
            message,
            object: top?.ref ?? found.object,
            pods,
            ...(chain.length > 0 ? { owners } : {}),
          });
        }
      }
      return [...settled.values()].flatMap((at) => [...at.values()]);
    },
  };

  /** The topmost owner, from the top down; `seen` when that object itself was read. A Node owns its static pods in name only. */
  function climb(
    owner: OwnerRef | undefined,
    namespace: string | undefined,
  ): { top: { uid: string; ref: ObjectRef } | undefined; chain: string[]; seen: boolean } {
    const chain: string[] = [];
    let top: { uid: string; ref: ObjectRef } | undefined;
    let seen = false;
    const passed = new Set<string>();
    for (let at = owner; at !== undefined && at.kind !== 'Node' && !passed.has(at.uid);) {
      passed.add(at.uid);
      const object = known.get(at.uid);
      seen = object !== undefined;
      const ref = object?.ref ?? { kind: at.kind, ...(namespace === undefined ? {} : { namespace }), name: at.name };
      top = { uid: at.uid, ref };
      chain.unshift(`${ref.kind}/${ref.name}`);
      at = object?.owner;
    }
    return { top, chain, seen };
  }
}

const INJECTED =
  'It is in running pods and not in the template: something adds it when pods are made, or the template has changed.';

const keyOf = ({ ruleId, container, evidence }: Found): string => [ruleId, container ?? '', evidence].join('\0');
