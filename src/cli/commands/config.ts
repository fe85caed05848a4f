import { resolve } from 'node:path';
import { convert } from '../../config/convert.js';
import { crioPairProblem } from '../../config/crio/crio-pair-problem.js';
import { versionPairProblem, type PairProblem } from '../../config/version-gates.js';
import { parseVersion } from '../../config/version.js';
import type { Conversion, GeneratedFile } from '../../core/conversion.js';
import { EXIT, MigrateError, type ExitCode } from '../../core/errors.js';
import { valueOf } from '../../core/fact.js';
import type { Notice } from '../../core/plan.js';
import { maskSecrets, restoreSecrets, secretSources } from '../../core/secret-markers.js';
import { configJson } from '../../report/config-json.js';
import { configMarkdown } from '../../report/config-markdown.js';
import { configReport } from '../../report/config-report.js';
import { configText } from '../../report/config-text.js';
import { configSource, type ConfigSource } from '../config-source.js';
import { configTarget, type ConfigTarget } from '../config-target.js';
import { migrateOptions } from '../migrate-options.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { writeUnder } from '../write-under.js';

export interface ConfigFlags extends Settings {
  readonly from: string;
  readonly target: string;
  readonly kubelet?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly format: 'text' | 'json' | 'markdown';
}

/** `migrate config`: the conversion alone. A refusal is exit 4, with the reasons, and then nothing is written. */
export async function config(flags: ConfigFlags): Promise<ExitCode> {
  const target = configTarget(flags.target);
  if (flags.output !== undefined && ['/', resolve(flags.from)].includes(resolve(flags.output))) {
    throw new MigrateError('usage', `--output ${flags.output} is what --from names, or a machine's root`, {
      hint: 'Name a folder of its own, and copy from there what you have looked at.',
    });
  }
  const source = await configSource({ from: flags.from, target, kubelet: flags.kubelet, settings: flags });
  try {
    const conversion = converted(source, target);
    const refused = conversion.notices.some(({ level }) => level !== 'warning');
    const writes = flags.output !== undefined && !refused;
    if (writes) await writeUnder(flags.output, await withSecrets(conversion.files, source), flags.force === true);
    tell(conversion, source, target, flags, writes ? flags.output : undefined);
    return refused ? EXIT.blocked : EXIT.ok;
  } finally {
    await source.close();
  }
}

function converted(source: ConfigSource, target: ConfigTarget): Conversion {
  const { inventory, assumptions, kubeletAssumed } = source;
  const conversion = convert(inventory, migrateOptions({ target: target.kind, drainTimeout: 0 }));
  const assumed = assumptions.map((message): Notice => ({ gate: 'assumed', level: 'warning', message, fix: '' }));
  return {
    ...conversion,
    files: conversion.files.filter(({ path }) => !(kubeletAssumed && OF_THE_KUBELET.test(path))),
    notices: [...conversion.notices, ...assumed, ...pairNotices(source, target)],
  };
}

/** Made from nothing, and copied to a node, these would take the place of what is there. */
const OF_THE_KUBELET =
  /^\/etc\/(?:systemd\/system\/kubelet\.service\.d\/.+|default\/kubelet|sysconfig\/kubelet)$|^\/var\/lib\/kubelet\/(?:.+\.yaml|kubeadm-flags\.env)$/;

/** A configuration can be right for a runtime that its kubelet cannot speak to. */
function pairNotices({ inventory, version }: ConfigSource, { kind }: ConfigTarget): Notice[] {
  const kubelet = valueOf(inventory.kubelet)?.version;
  const problem = kubelet === undefined ? undefined : pairProblem(kind, version, kubelet);
  if (kubelet === undefined || problem === undefined) return [];
  const name = kind === 'crio' ? 'CRI-O' : kind;
  const message = `${name} ${version} cannot serve the kubelet ${kubelet}: ${problem.because}`;
  return [{ gate: 'version-pair', level: 'warning', message, fix: problem.fix }];
}

function pairProblem(kind: ConfigTarget['kind'], version: string, kubelet: string): PairProblem | undefined {
  // Where no patch was named, the last one of its minor is meant.
  if (kind === 'containerd') return versionPairProblem(version.replace(/^(\d+\.\d+)\.0$/, '$1.999'), kubelet);
  const [crio, wanted] = [parseVersion(version), parseVersion(kubelet)];
  if (kind !== 'crio' || crio === undefined || wanted === undefined) return undefined;
  const because = crioPairProblem(crio, wanted);
  return because === undefined ? undefined : { because, fix: `use CRI-O 1.${wanted.minor}` };
}

/** The files as the node is to have them; only here secrets come back, from where they were. */
async function withSecrets(files: readonly GeneratedFile[], source: ConfigSource): Promise<readonly GeneratedFile[]> {
  const known = Object.keys(valueOf(source.inventory.files) ?? {});
  return Promise.all(
    files.map(async (file) => {
      const paths = secretSources(file.content, known);
      const texts = await Promise.all(paths.map(async (path) => [path, (await source.text(path)) ?? ''] as const));
      return { ...file, content: restoreSecrets(file.content, file.path, Object.fromEntries(texts)) };
    }),
  );
}

function tell(
  conversion: Conversion,
  { inventory, version, kubelet }: ConfigSource,
  { kind, title }: ConfigTarget,
  { from, format }: ConfigFlags,
  writtenTo: string | undefined,
): void {
  const report = configReport({
    from,
    target: title === kind ? `${kind} ${version}` : title,
    kubelet,
    conversion,
    files: valueOf(inventory.files) ?? {},
    masked: maskSecrets,
  });
  if (format !== 'text') tellRefusals(conversion.notices);
  switch (format) {
    case 'json':
      terminal.result(configJson(report));
      break;
    case 'markdown':
      terminal.result(configMarkdown(report));
      break;
    case 'text':
      terminal.result(configText(report, { color: terminal.outColor, width: terminal.width, writtenTo }));
  }
}

/** The text says them itself; whoever keeps another format in a file has to be told. */
function tellRefusals(notices: readonly Notice[]): void {
  for (const { level, message, fix } of notices) {
    if (level !== 'warning') terminal.error(maskSecrets(`refused: ${message}${fix === '' ? '' : `; ${fix}`}`));
  }
}
