import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { argumentSources, valueIn, type ArgumentSource, type SourceProblem } from './argument-sources.js';
import type { ConvertedFiles } from '../convert.js';
import { editEnvValue } from '../text/env-file.js';
import { kubeadmFlagsFile } from './kubeadm-flags-file.js';
import { kubeletDependencies } from './kubelet-dependencies.js';
import { KUBELET_DROP_IN, kubeletDropIn } from './kubelet-drop-in.js';
import { laterDropIns } from './later-drop-ins.js';
import { rewriteKubeletFlags, type FlagRules } from './rewrite-kubelet-flags.js';
import { unexplainedFlags } from './unexplained-flags.js';
import { parseVersion } from '../version.js';
import { isWholeFile, notWhole } from '../whole-file.js';

export interface KubeletSourcesInput {
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly unit: UnitFacts;
  readonly runtimeUnit: string;
  readonly endpoint: string;
}

const KUBEADM_FLAGS = '/var/lib/kubelet/kubeadm-flags.env';

/** The files by which the kubelet comes to use the new runtime, each source of its flags edited where it is. */
export function kubeletSources({ kubelet, files, unit, runtimeUnit, endpoint }: KubeletSourcesInput): ConvertedFiles {
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
  const unfit = [...found.problems, ...unexplainedFlags(kubelet, found, version)];
  if (unfit.length > 0) return refused(unfit);

  const rules = { kubelet: version, endpoint, runtimeCgroups: `/system.slice/${runtimeUnit}` };
  const edits = editSources(found.sources, rules);
  if ('problem' in edits) return refused([edits.problem]);

  const dependencies = kubeletDependencies(unit, files, runtimeUnit);
  const dropIn = kubeletDropIn({ ...edits, runtimeUnit: dependencies.tied ? runtimeUnit : undefined });
  const problems = [...laterDropIns(unit, files, edits), ...redacted(dropIn)];
  const rewritten = [...edits.texts].flatMap(([path, content]): GeneratedFile[] => {
    const file = files[path];
    if (file === undefined || !isWholeFile(file)) problems.push(notWhole(path));
    const why = "dockershim's flags leave the kubelet's command line, and the new runtime's endpoint comes";
    return [{ group: 'kubelet', path, mode: file?.mode ?? 0o644, content, why }];
  });
  if (problems.length > 0) return refused([...problems], dependencies.notices);
  if (dropIn !== undefined) {
    const why = "what cannot be said in the kubelet's own files";
    rewritten.push({ group: 'kubelet', path: KUBELET_DROP_IN, mode: 0o644, content: dropIn, why });
  }
  return { files: [...rewritten, ...dependencies.files], notices: dependencies.notices };
}

interface Edits {
  /** New texts of environment files by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** New values of variables of the unit. */
  readonly environment: Readonly<Record<string, string>>;
  readonly execStart: string | undefined;
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
  return { texts, environment, execStart };
}

/** kubeadm's file if the kubelet reads it, else the last file with a variable, else a variable of the unit, else ExecStart. */
function homeOf(sources: readonly ArgumentSource[]): string | undefined {
  const home =
    sources.find((source) => source.kind === 'env-file' && source.path === KUBEADM_FLAGS) ??
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
      return 'ExecStart of kubelet.service';
  }
}

/** Inventories put asterisks in the place of secrets; a unit made from them would not start the kubelet. */
const redacted = (dropIn: string | undefined): SourceProblem[] =>
  dropIn?.includes('***') === true ? [notWhole('kubelet.service')] : [];

const refused = (problems: readonly SourceProblem[], others: readonly Notice[] = []): ConvertedFiles => ({
  files: [],
  notices: [...problems.map((problem) => ({ gate: 'kubelet-flags', ...problem })), ...others],
});
