import { baseName } from '../../core/base-name.js';
import type { KubeletFacts } from '../../core/inventory.js';
import { valueIn, type ArgumentSources, type SourceProblem } from './argument-sources.js';
import { mustGo, RUNTIME_FLAGS } from './dockershim-flags.js';
import { groupFlags } from '../text/group-flags.js';
import { parseKubeletFlags } from './kubelet-flags.js';
import type { Version } from '../version.js';

/** Flags of the running kubelet that no source of its command line is known to give: an edit would leave them there. */
export function unexplainedFlags(
  { execStart, argv }: KubeletFacts,
  { sources, singleArguments }: Pick<ArgumentSources, 'sources' | 'singleArguments'>,
  version: Version,
): readonly SourceProblem[] {
  const concerns = (name: string | undefined): name is string =>
    name !== undefined && (mustGo(name, version) || RUNTIME_FLAGS.has(name));
  const problems: SourceProblem[] = [];

  const started =
    execStart
      .trim()
      .split(/\s+/)[0]
      ?.replace(/^[-@:+!|]+/, '') ?? '';
  const running = argv[0] ?? '';
  if (baseName(started) !== baseName(running)) {
    const message = `kubelet.service starts ${started || 'nothing'}, and what runs is ${running}: its flags come from elsewhere`;
    problems.push({ level: 'blocker', message, fix: 'have kubelet.service start the kubelet itself, and plan again' });
    return problems;
  }
  for (const { variable, value } of singleArguments) {
    const name = groupFlags([value])[0]?.name;
    if (!concerns(name)) continue;
    const message = `ExecStart of kubelet.service passes ${variable} as one argument, and it holds --${name}`;
    problems.push({
      level: 'blocker',
      message,
      fix: `write $${variable} as a word of its own, without braces, and plan again`,
    });
  }
  const said = new Set(sources.flatMap((source) => namesIn(valueIn(source))));
  const used = new Set(groupFlags(argv.slice(1)).map(({ name }) => name).filter(concerns)); // prettier-ignore
  for (const name of used) {
    const single = singleArguments.some(({ value }) => groupFlags([value])[0]?.name === name);
    if (said.has(name) || single) continue;
    const message = `the kubelet runs with --${name}, and neither its unit nor a file that the unit names says so`;
    const fix =
      'restart the kubelet if its files were changed since it started, else write the flag into one of them, and plan again';
    problems.push({ level: 'blocker', message, fix });
  }
  return problems;
}

function namesIn(text: string): readonly (string | undefined)[] {
  const parsed = parseKubeletFlags(text);
  return parsed.ok ? parsed.value.tokens.map(({ name }) => name) : [];
}
