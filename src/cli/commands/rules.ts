import { EXIT, type ExitCode } from '../../core/errors.js';
import { rulesMarkdown } from '../../report/scan/rules-markdown.js';
import { rulesText } from '../../report/scan/rules-text.js';
import { ruleInfos } from '../../rules/rule-infos.js';
import { terminal } from '../terminal.js';

export interface RulesFlags {
  readonly format: 'text' | 'json' | 'markdown';
}

/** `migrate rules`. */
export function listRules({ format }: RulesFlags): Promise<ExitCode> {
  switch (format) {
    case 'json':
      terminal.result(JSON.stringify(ruleInfos, null, 2));
      break;
    case 'markdown':
      terminal.result(rulesMarkdown(ruleInfos));
      break;
    case 'text':
      terminal.result(rulesText(ruleInfos, { color: terminal.outColor, width: terminal.width }));
  }
  return Promise.resolve(EXIT.ok);
}
