import { EXIT, MigrateError, type ExitCode } from '../../core/errors.js';
import { ruleText } from '../../report/scan/rule-text.js';
import { ruleInfos } from '../../rules/rule-infos.js';
import { terminal } from '../terminal.js';

export interface ExplainFlags {
  readonly format: 'text' | 'json';
}

/** `migrate explain RULE`. Errors: `not-found`, with the rules that come near. */
export function explain(id: string, { format }: ExplainFlags): Promise<ExitCode> {
  const wanted = id.toLowerCase().replaceAll('_', '-');
  const rule = ruleInfos.find((one) => one.id === wanted);
  if (rule === undefined) {
    const near = ruleInfos.map((one) => one.id).filter((one) => sharedStart(one, wanted) >= LEAST_SHARED);
    near.sort((a, b) => sharedStart(b, wanted) - sharedStart(a, wanted));
    throw new MigrateError('not-found', `there is no rule ${id}`, {
      hint: near.length > 0 ? `Near it: ${near.slice(0, 5).join(', ')}.` : '"migrate rules" lists them.',
    });
  }
  terminal.result(
    format === 'json'
      ? JSON.stringify(rule, null, 2)
      : ruleText(rule, { color: terminal.outColor, width: terminal.width }),
  );
  return Promise.resolve(EXIT.ok);
}

/** Of a rule's id and what was asked for, that they are worth naming together. */
const LEAST_SHARED = 4;

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
