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

interface Template {
  readonly object: LiveObject;
  readonly found: ReadonlyMap<string, Found>;
}

/** Above an object: its owners from the nearest to the topmost, as far as they are known. */
interface Climb {
  readonly uids: readonly string[];
  readonly refs: readonly ObjectRef[];
}

/** What has a pod template by Kubernetes' own definition. */
const TEMPLATED = new Set([
  ...['CronJob', 'DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
]);

const INJECTED =
  'It is in running pods and not in the template: something, such as a webhook, adds it when pods are made.';
const OUTDATED = 'It is in running pods and no longer in the template: pods that are made from now on do not have it.';
const MADE = 'It is in the pods that this object owns.';

/**
 * Brings findings in pods to the objects that people change. Pods come first; only the owners of pods with findings are
 * remembered, so that the ledger grows with what is wrong and not with the cluster.
 */
export function ownerLedger(): OwnerLedger {
  const groups = new Map<string, PodGroup>();
  const templates = new Map<string, Template>();
  const awaited = new Set<string>();
  const known = new Map<string, LiveObject>();

  const expectOwner = ({ owner }: LiveObject): void => {
    if (owner !== undefined) awaited.add(owner.uid);
  };

  return {
    addPod(pod, found) {
      if (found.length === 0) return;
      const key = pod.owner?.uid ?? pod.uid;
      const group = groups.get(key) ?? { first: pod, counted: new Map<string, { found: Found; pods: number }>() };
      groups.set(key, group);
      expectOwner(pod);
      for (const one of found) {
        const counted = group.counted.get(keyOf(one));
        if (counted === undefined) group.counted.set(keyOf(one), { found: one, pods: 1 });
        else counted.pods += 1;
      }
    },
    addObject(object, found) {
      if (found.length > 0) {
        templates.set(object.uid, { object, found: new Map(found.map((one) => [keyOf(one), one])) });
      }
      if (found.length > 0 || awaited.has(object.uid)) {
        known.set(object.uid, object);
        expectOwner(object);
      }
    },
    settle() {
      const settled = new Map<string, Map<string, Found>>();
      const put = (top: string, one: Found): void => {
        const at = settled.get(top) ?? new Map<string, Found>();
        settled.set(top, at);
        const twin = at.get(keyOf(one));
        const pods = (twin?.pods ?? 0) + (one.pods ?? 0);
        // The chain down to a pod is the longest.
        const owners = longer(twin?.owners, one.owners);
        at.set(keyOf(one), {
          ...(twin ?? one),
          ...(pods === 0 ? {} : { pods }),
          ...(owners === undefined ? {} : { owners }),
        });
      };

      // What people wrote comes before what is made of it.
      const written = [...templates].toSorted(([, a], [, b]) => Number(isOwned(a.object)) - Number(isOwned(b.object)));
      for (const [uid, { object, found }] of written) {
        if (isCopy(object)) continue;
        const above = climb(object);
        for (const one of found.values()) put(above.uids.at(-1) ?? uid, ofOwner(one, object.ref, above));
      }
      for (const { first, counted } of groups.values()) {
        const above = climb(first);
        for (const [key, { found, pods }] of counted) {
          const says = whyInPods(key, above);
          const message = says === undefined ? found.message : `${found.message} ${says}`;
          put(above.uids.at(-1) ?? first.uid, { ...withOwner({ ...found, message }, first.ref, above), pods });
        }
      }
      return [...settled.values()].flatMap((at) => [...at.values()]);
    },
  };

  /** A Node owns its static pods in name only. */
  function climb({ owner, ref: { namespace } }: LiveObject): Climb {
    const uids: string[] = [];
    const refs: ObjectRef[] = [];
    for (let at = owner; at !== undefined && at.kind !== 'Node' && !uids.includes(at.uid);) {
      const object = known.get(at.uid);
      uids.push(at.uid);
      refs.push(object?.ref ?? { kind: at.kind, ...(namespace === undefined ? {} : { namespace }), name: at.name });
      at = object?.owner;
    }
    return { uids, refs };
  }

  /** What a controller made of its own template says nothing that the template does not, and may be of an old one. */
  function isCopy({ ref: { kind }, owner }: LiveObject): boolean {
    if (owner === undefined || !known.has(owner.uid)) return false;
    return kind === 'ReplicaSet' || kind === 'ReplicationController' || (kind === 'Job' && owner.kind === 'CronJob');
  }

  /** Why something is in pods that is not in what people change; undefined when it is there, or when that is not known. */
  function whyInPods(key: string, { uids, refs }: Climb): string | undefined {
    const [uid, ref] = [uids[0], refs[0]];
    if (uid === undefined || ref === undefined || !known.has(uid)) return undefined;
    const having = uids.flatMap((one) => {
      const template = templates.get(one);
      return template?.found.has(key) === true ? [template.object] : [];
    });
    if (having.length > 0) return having.every(isCopy) ? OUTDATED : undefined;
    return TEMPLATED.has(ref.kind) ? INJECTED : MADE;
  }
}

const isOwned = ({ owner }: LiveObject): boolean => owner !== undefined;

/** A finding in an object that another one owns, at that one. */
function ofOwner(one: Found, { kind, name }: ObjectRef, above: Climb): Found {
  if (above.refs.length === 0) return one;
  const message = `${one.message} It is in ${kind} ${name}, which this object owns.`;
  return withOwner({ ...one, message }, { kind, name }, above);
}

function withOwner(one: Found, { kind, name }: ObjectRef, { refs }: Climb): Found {
  const top = refs.at(-1);
  if (top === undefined) return one;
  const chain = [...refs.toReversed(), { kind, name }];
  return { ...one, object: top, owners: chain.map((ref) => `${ref.kind}/${ref.name}`) };
}

const longer = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined =>
  (b?.length ?? 0) > (a?.length ?? 0) ? b : a;

const keyOf = ({ ruleId, container, evidence }: Found): string => [ruleId, container ?? '', evidence].join('\0');
