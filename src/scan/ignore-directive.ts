export interface IgnoreDirective {
  /** `*` for every rule. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/**
 * Reads `docker-sock, docker-bin -- builds move next month`: rules, separated by commas or blanks, and a reason behind two
 * dashes. Undefined when it names no rule.
 */
export function ignoreDirective(text: string): IgnoreDirective | undefined {
  const dashes = text.indexOf('--');
  const names = (dashes === -1 ? text : text.slice(0, dashes)).split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0 || !names.every((name) => /^(\*|all|[a-z][a-z0-9-]*)$/.test(name))) return undefined;
  return {
    rules: names.map((name) => (name === 'all' ? '*' : name)),
    reason: dashes === -1 ? '' : text.slice(dashes + 2).trim(),
  };
}

export const covers = (directive: IgnoreDirective, ruleId: string): boolean =>
  directive.rules.includes('*') || directive.rules.includes(ruleId);
