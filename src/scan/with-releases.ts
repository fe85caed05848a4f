import type { Found } from './found.js';

/** Findings in live objects and in releases: what is in both is told once, as the release tells it. */
export function withReleases(live: readonly Found[], released: readonly Found[]): Found[] {
  if (released.length === 0) return [...live];
  const told = new Map(released.map((one) => [keyOf(one), one]));
  const all = live.map((one) => {
    const twin = told.get(keyOf(one));
    told.delete(keyOf(one));
    return twin === undefined ? one : { ...one, message: twin.message };
  });
  return [...all, ...told.values()];
}

const keyOf = ({ ruleId, object: { kind, namespace, name }, container, evidence }: Found): string =>
  [ruleId, kind, namespace, name, container, evidence].map((part) => part ?? '').join('\0');
