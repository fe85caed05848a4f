import type { ObjectView } from '../../manifests/views.js';
import { isMapping } from '../../manifests/mapping.js';

const POLICY_GROUPS = /(?:^|\.)(?:kyverno\.io|gatekeeper\.sh|kubewarden\.io|policy)\//;
const POLICY_KINDS: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'PodSecurityPolicy',
  'SecurityContextConstraints',
  'ValidatingAdmissionPolicy',
]);

/** A policy, a detection rule or a schema: what it names it watches or forbids, and it uses none of it. */
export function isForbidding({
  apiVersion,
  object,
  value,
}: Pick<ObjectView, 'apiVersion' | 'object'> & { readonly value?: unknown }): boolean {
  return POLICY_GROUPS.test(apiVersion) || POLICY_KINDS.has(object.kind) || isFalcoRules(value);
}

/** https://falco.org/docs/concepts/rules/: a list of rules, macros and lists. */
function isFalcoRules(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some(
      (item: unknown) =>
        isMapping(item) &&
        ((typeof item.rule === 'string' && 'condition' in item) ||
          (typeof item.macro === 'string' && 'condition' in item) ||
          (typeof item.list === 'string' && 'items' in item)),
    )
  );
}
