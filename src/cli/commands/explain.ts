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
    const part = wanted.split('-').find((word) => word.length > 2 && ruleInfos.some((one) => one.id.includes(word)));
    const near = part === undefined ? [] : ruleInfos.map((one) => one.id).filter((one) => one.includes(part));
    throw new MigrateError('not-found', `there is no rule ${id}`, {
      hint: near.length > 0 ? `Near it: ${near.slice(0, 8).join(', ')}.` : '"migrate rules" lists them.',
    });
  }
  terminal.result(
    format === 'json'
      ? JSON.stringify(rule, null, 2)
      : ruleText(rule, { color: terminal.outColor, width: terminal.width }),
  );
  return Promise.resolve(EXIT.ok);
}
