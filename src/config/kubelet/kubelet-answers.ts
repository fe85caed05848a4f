import type { SettingAnswer } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseUnitFile } from '../text/unit-file.js';
import { argumentSources, valueIn, type ArgumentSource } from './argument-sources.js';
import { ruleOf } from './dockershim-flags.js';
import { kubeletFlagRules } from './flag-rules.js';
import type { FlagAnswer, FlagContext } from './flag-rule.js';
import { parseKubeletFlags } from './kubelet-flags.js';
import type { KubeletConfigFile } from './kubelet-config-files.js';
import { logFieldProblem } from './log-rotation.js';
import { assigns } from './unit-environment.js';

export interface KubeletAnswersInput {
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly unit: UnitFacts;
  readonly configFiles: readonly KubeletConfigFile[];
  readonly context: FlagContext;
}

export interface KubeletAnswers {
  readonly settings: readonly SettingAnswer[];
  /** Of warnings and refusals among them that nothing else gives notice of. */
  readonly notices: readonly Notice[];
}

/** One line for each flag and each field of the kubelet that concerns the runtime, wherever it is written. */
export function kubeletAnswers(input: KubeletAnswersInput): KubeletAnswers {
  const { kubelet, files, configFiles } = input;
  const sources = new Map(argumentSources(kubelet, files).sources.map((source) => [placeOf(source, input), source]));
  const answers = [
    ...[...sources].flatMap(([place, source]) => flagAnswers(place.split('\n')[0] ?? '', source, input)),
    ...configFiles.flatMap((file) => fieldAnswers(file, input)),
  ];
  return {
    settings: answers.map(({ fix: _fix, ...setting }) => setting),
    notices: answers.flatMap(({ source, key, outcome, note, fix }): Notice[] =>
      fix === undefined
        ? []
        : [
            {
              gate: 'kubelet-flags',
              level: outcome === 'refused' ? 'blocker' : 'warning',
              message: `${key} of ${source}: ${note}`,
              fix,
            },
          ],
    ),
  };
}

interface Answer extends SettingAnswer {
  readonly fix?: string;
}

function flagAnswers(path: string, source: ArgumentSource, { kubelet, context }: KubeletAnswersInput): Answer[] {
  const parsed = parseKubeletFlags(valueIn(source));
  return (parsed.ok ? parsed.value.tokens : []).flatMap(({ name, value = 'true' }): Answer[] => {
    const rule = name === undefined ? undefined : ruleOf(name);
    if (name === undefined || rule === undefined) return [];
    const row = { source: path, key: `--${name}`, value };
    const effective = kubelet.flags[name];
    if (effective !== undefined && effective !== value && !effective.startsWith('$')) {
      return [{ ...row, outcome: 'not-needed', target: '', note: `the kubelet has it twice, and ${effective} counts` }];
    }
    return [answer(row, rule.answer(value, context), refusalOf(rule.field, value))];
  });
}

function fieldAnswers({ path, values }: KubeletConfigFile, { kubelet, context, configFiles }: KubeletAnswersInput) {
  return kubeletFlagRules.flatMap(({ flag, field, answer: says }): Answer[] => {
    if (field === undefined || !(field in values)) return [];
    const value = values[field];
    const row = { source: path, key: field, value };
    const over =
      kubelet.flags[flag] !== undefined
        ? `the flag --${flag}`
        : configFiles.findLast((file) => field in file.values && file.path !== path && file.path > path)?.path;
    if (over !== undefined) {
      return [{ ...row, outcome: 'not-needed', target: '', note: `${over} says it as well, and counts more` }];
    }
    if (/^(?:containerRuntime|imageService)Endpoint$/.test(field) && context.kubelet.minor < 27) {
      const note = 'kubelets before 1.27 do not know the field';
      return [{ ...row, outcome: 'not-needed', target: '', note }];
    }
    return [answer(row, says(String(value), context), refusalOf(field, value))];
  });
}

type Row = Pick<SettingAnswer, 'source' | 'key' | 'value'>;

function answer(row: Row, { target, ...said }: FlagAnswer, refusal: string | undefined): Answer {
  if (refusal !== undefined) {
    return { ...row, outcome: 'refused', target: '', note: `the kubelet does not start with it: ${refusal}` };
  }
  return { ...row, ...said, target: target ?? `${row.source} ${row.key}` };
}

const refusalOf = (field: string | undefined, value: unknown): string | undefined =>
  field === undefined ? undefined : logFieldProblem(field, value);

/** The file that says it, and the variable, by which it is told apart from others of the file. */
function placeOf(source: ArgumentSource, { files, unit }: KubeletAnswersInput): string {
  if (source.kind === 'env-file') return `${source.path}\n${source.variable}`;
  const says = (path: string): boolean =>
    parseUnitFile(files[path]?.content ?? '').some(({ section, key, value }) => {
      if (section !== 'Service' || value === '') return false;
      return source.kind === 'exec-start'
        ? key === 'ExecStart'
        : key === 'Environment' && assigns(value, source.variable);
    });
  const path = [unit.fragmentPath, ...unit.dropInPaths].findLast(says);
  return `${path ?? 'kubelet.service'}\n${source.kind === 'exec-start' ? '' : source.variable}`;
}
