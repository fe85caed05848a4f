import type { SettingAnswer } from '../core/conversion.js';
import { fieldFlag } from './kubelet/field-flag.js';
import type { RuntimeIntent } from './runtime-intent.js';
import { NEW_PLACES } from './settings/new-places.js';

/**
 * The table of settings, with one answer where two of them are about the same thing: which of the two counts, and that the
 * other does not. Each was answered by itself, without a look at the other's file. `fields` are what the kubelet is to be told.
 */
export function settledAnswers(
  answers: readonly SettingAnswer[],
  fields: RuntimeIntent['kubeletFields'],
): readonly SettingAnswer[] {
  return answers.map((answer) => {
    if (answer.outcome !== 'kubelet' && answer.outcome !== 'systemd') return answer;
    return (
      besideKubelet(answer, answers, fields) ??
      besideUlimits(answer, answers) ??
      besideProxies(answer, answers) ??
      answer
    );
  });
}

/** What the kubelet is told already stays, whatever Docker has. */
function besideKubelet(
  answer: SettingAnswer,
  answers: readonly SettingAnswer[],
  fields: RuntimeIntent['kubeletFields'],
): SettingAnswer | undefined {
  const [place, field = ''] = answer.target.split(' ');
  if (place !== NEW_PLACES.kubelet) return undefined;
  const isOf = (key: string): boolean => key === field || key === `--${fieldFlag(field)}`;
  const said = answers.find(({ key, outcome }) => isOf(key) && outcome !== 'not-needed' && outcome !== 'refused');
  if (said === undefined) return undefined;
  const target = `${said.source} ${said.key}`;
  if (String(said.value) === String(fields[field])) return { ...answer, target };
  const note = `${said.source} says ${String(said.value)}, which stays and counts; what Docker has is not taken over`;
  return { ...answer, outcome: 'warning', target, note };
}

/** Containers have what default-ulimits says; the limit of docker.service was for dockerd itself then. */
function besideUlimits(answer: SettingAnswer, answers: readonly SettingAnswer[]): SettingAnswer | undefined {
  const [, name] = /^Limit([A-Z]+)$/.exec(answer.key) ?? [];
  if (name === undefined) return undefined;
  const ulimit = answers.find(
    ({ key, outcome }) =>
      key.toUpperCase() === `DEFAULT-ULIMITS.${name}` && (outcome === 'systemd' || outcome === 'converted'),
  );
  if (ulimit === undefined) return undefined;
  const counts = `containers have ${ulimit.key} of ${ulimit.source}`;
  // CRI-O has a setting of its own for containers, so that its service keeps its limit.
  if (ulimit.outcome === 'converted') return { ...answer, note: `it is for CRI-O itself; ${counts}` };
  const note = `${counts}, which the new runtime's service is given in its place`;
  return { ...answer, outcome: 'not-needed', target: '', note };
}

/** Docker sets the variable anew where its own settings have a proxy. */
function besideProxies(answer: SettingAnswer, answers: readonly SettingAnswer[]): SettingAnswer | undefined {
  const name = answer.key.toLowerCase().replace('_', '-');
  const proxy = answers.find(({ key, outcome }) => key === `proxies.${name}` && outcome === 'systemd');
  if (proxy === undefined) return undefined;
  const note = `${proxy.key} of ${proxy.source} counts in its place, as for Docker`;
  return { ...answer, outcome: 'not-needed', target: '', note };
}
