import type { ConfigPart, GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { argumentSources, valueIn, type ArgumentSource, type SourceProblem } from './argument-sources.js';
import { editEnvValue } from '../text/env-file.js';
import { KUBEADM_FLAGS, kubeadmFlagsFile } from './kubeadm-flags-file.js';
import { kubeletDependencies } from './kubelet-dependencies.js';
import { KUBELET_DROP_IN, kubeletDropIn } from './kubelet-drop-in.js';
import { rewriteKubeletFlags, type FlagRules } from './rewrite-kubelet-flags.js';
import { unitEdits } from './unit-edits.js';
import { unexplainedFlags } from './unexplained-flags.js';
import type { RuntimeTarget } from '../runtime-intent.js';
import { parseVersion } from '../version.js';
import { isWholeFile, notWhole } from '../whole-file.js';

export interface KubeletSourcesInput {
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly unit: UnitFacts;
  readonly runtimeUnit: string;
  readonly endpoint: string;
  readonly target: RuntimeTarget['kind'];
  /** The endpoint is said by the configuration, and no flag is to come. */
  readonly endpointInConfig: boolean;
  /** Further flags that the kubelet is to have and has not. */
  readonly addedFlags: readonly (readonly [name: string, value: string])[];
}

export type KubeletSourcesOutput = Omit<ConfigPart, 'settings'>;

/** The files by which the kubelet comes to use the new runtime, each source of its flags edited where it is. */
export function kubeletSources(input: KubeletSourcesInput): KubeletSourcesOutput {
  const { kubelet, files, unit, runtimeUnit, endpoint, target, endpointInConfig, addedFlags } = input;
  const version = parseVersion(kubelet.version);
  if (version === undefined) {
    const message = `the kubelet's version reads "${kubelet.version}"`;
    return refused([{ level: 'blocker', message, fix: 'see what `kubelet --version` says on the node' }]);
  }
  if (unit.dropInPaths.includes(KUBELET_DROP_IN)) {
    const message = `${KUBELET_DROP_IN} is there from an earlier migration, though the kubelet does not use its runtime`;
    return refused([{ level: 'blocker', message, fix: 'move it away, run systemctl daemon-reload, and plan again' }]);
  }
  const found = argumentSources(kubelet, files);
  // What was not read explains no flag.
  const unfit = found.problems.length > 0 ? found.problems : unexplainedFlags(kubelet, found, version);
  if (unfit.length > 0) return refused(unfit);

  const rules = {
    ...{ kubelet: version, endpoint, target, runtimeCgroups: `/system.slice/${runtimeUnit}` },
    ...{ endpointInConfig, added: addedFlags },
  };
  const edits = editSources(found.sources, rules);
  if ('problem' in edits) return refused([edits.problem]);

  const own = unitEdits({
    ...{ unit, files, environment: edits.environment },
    execStart: edits.execStart === undefined ? undefined : { now: kubelet.execStart, wanted: edits.execStart },
    rewrite: (command) => rewriteKubeletFlags(command, { ...rules, place: edits.placeInCommand }),
  });
  const dependencies = kubeletDependencies({ unit, files: withTexts(files, own.texts), runtimeUnit, target });
  const dropIn = kubeletDropIn({ ...own, runtimeUnit: dependencies.tied ? runtimeUnit : undefined });
  const problems = [...own.problems];
  const untied = new Set(dependencies.files.map(({ path }) => path));
  const texts = [...edits.texts, ...[...own.texts].filter(([path]) => !untied.has(path))];
  const rewritten = texts.map(([path, content]): GeneratedFile => {
    const file = files[path];
    if (file !== undefined && !isWholeFile(file)) problems.push(notWhole(path));
    const why = "dockershim's flags leave the kubelet's command line, and the new runtime's endpoint comes";
    return { group: 'kubelet', path, mode: file?.mode ?? 0o644, content, why };
  });
  if (problems.length > 0) return refused([...problems], dependencies.notices);
  if (dropIn !== undefined) {
    const why = "what cannot be said in the kubelet's own files";
    rewritten.push({ group: 'kubelet', path: KUBELET_DROP_IN, mode: 0o644, content: dropIn, why });
  }
  return { files: [...rewritten, ...dependencies.files], notices: dependencies.notices };
}

const EXEC_START = 'ExecStart of kubelet.service';

interface Edits {
  /** New texts of environment files by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** New values of variables of the unit. */
  readonly environment: Readonly<Record<string, string>>;
  readonly execStart: string | undefined;
  readonly placeInCommand: FlagRules['place'];
}

function editSources(
  sources: readonly ArgumentSource[],
  rules: Omit<FlagRules, 'place'>,
): Edits | { readonly problem: SourceProblem } {
  const home = homeOf(sources);
  const texts = new Map<string, string>();
  const environment: Record<string, string> = {};
  let execStart: string | undefined;
  for (const source of inOrderOfEditing(sources)) {
    const place = nameOf(source) !== home ? 'elsewhere' : source.kind === 'exec-start' ? 'back' : 'front';
    const rewrite = rewriteKubeletFlags(valueIn(source), { ...rules, place });
    if (!rewrite.ok) {
      const line = rewrite.line + (source.kind === 'env-file' ? source.assignment.line - 1 : 0);
      const message = `${nameOf(source)} cannot be read as flags: line ${line}: ${rewrite.reason}`;
      return { problem: { level: 'blocker', message, fix: 'mend it and plan again' } };
    }
    const { splices, text } = rewrite.value;
    if (splices.length === 0) continue;
    switch (source.kind) {
      case 'env-file': {
        const edited = editEnvValue(texts.get(source.path) ?? source.text, source.assignment, splices);
        texts.set(source.path, source.path === KUBEADM_FLAGS ? kubeadmFlagsFile(edited) : edited);
        break;
      }
      case 'environment':
        environment[source.variable] = text;
        break;
      case 'exec-start':
        execStart = text;
    }
  }
  const placeInCommand = home === EXEC_START ? 'back' : 'elsewhere';
  return { texts, environment, execStart, placeInCommand };
}

const CHOOSES_RUNTIME = /(?:^|\s)--(?:container[-_]runtime|network[-_]plugin)/;

/** kubeadm's file if the kubelet reads it, else the variable of a file that chose the runtime, else the last file with a variable, else a variable of the unit, else ExecStart. */
function homeOf(sources: readonly ArgumentSource[]): string | undefined {
  const home =
    sources.find((source) => source.kind === 'env-file' && source.path === KUBEADM_FLAGS) ??
    sources.findLast((source) => source.kind === 'env-file' && CHOOSES_RUNTIME.test(valueIn(source))) ??
    sources.findLast(({ kind }) => kind === 'env-file') ??
    sources.findLast(({ kind }) => kind === 'environment') ??
    sources.at(-1);
  return home === undefined ? undefined : nameOf(home);
}

/** From the end of each file to its front, so that places in it still hold; and each variable once. */
function inOrderOfEditing(sources: readonly ArgumentSource[]): readonly ArgumentSource[] {
  const byName = new Map(sources.map((source) => [nameOf(source), source]));
  const start = (source: ArgumentSource): number => (source.kind === 'env-file' ? source.assignment.rawStart : 0);
  return [...byName.values()].toSorted((a, b) => start(b) - start(a));
}

function nameOf(source: ArgumentSource): string {
  switch (source.kind) {
    case 'env-file':
      return `${source.path}, ${source.variable}`;
    case 'environment':
      return `${source.variable} of kubelet.service`;
    case 'exec-start':
      return EXEC_START;
  }
}

/** The files as they will be, for what else is to be changed in them. */
const withTexts = (
  files: Readonly<Record<string, FileFacts>>,
  texts: ReadonlyMap<string, string>,
): Readonly<Record<string, FileFacts>> =>
  Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path, { ...file, content: texts.get(path) ?? file.content }]),
  );

const refused = (problems: readonly SourceProblem[], others: readonly Notice[] = []): KubeletSourcesOutput => ({
  files: [],
  notices: [...problems.map((problem) => ({ gate: 'kubelet-flags', ...problem })), ...others],
});
