import { dependencyGroups, type DependencyGroup } from './dependency-groups.js';

/** The column of the matrix under which a rule's findings stand. */
export function dependencyGroup(ruleId: string): DependencyGroup {
  const group = dependencyGroups.find(({ rules }) => rules.test(ruleId));
  if (group === undefined) throw new Error(`no group takes the rule ${ruleId}`);
  return group;
}
