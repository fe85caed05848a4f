import type { LiveObject, OwnerRef } from './owner-ledger.js';

interface Raw {
  readonly metadata?: {
    readonly uid?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly ownerReferences?: readonly (Partial<OwnerRef> & { readonly controller?: boolean })[];
  };
}

/** An item of a list, as far as its place among owners goes; items have no kind of their own. */
export function liveObject(item: unknown, kind: string): LiveObject {
  const { uid = '', name = '', namespace, ownerReferences = [] } = ((item ?? {}) as Raw).metadata ?? {};
  const controller = ownerReferences.find((owner) => owner.controller === true) ?? ownerReferences[0];
  return {
    uid,
    ref: { kind, ...(namespace === undefined || namespace === '' ? {} : { namespace }), name },
    owner:
      controller?.uid === undefined
        ? undefined
        : { uid: controller.uid, kind: controller.kind ?? '', name: controller.name ?? '' },
  };
}
