import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { editYaml, type YamlEdits } from '../text/yaml-edit.js';
import type { Version } from '../version.js';
import { fieldFlag } from './field-flag.js';
import { instanceConfig } from './instance-config.js';
import { kubeletConfigFiles, type KubeletConfigFile } from './kubelet-config-files.js';
import { LOG_FIELDS, logFieldProblem } from './log-rotation.js';

export interface KubeletConfigInput {
  readonly kubelet: KubeletFacts;
  readonly version: Version;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly endpoint: string;
  readonly fields: RuntimeIntent['kubeletFields'];
}

export interface KubeletConfigEdits {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
  /** As they are now. */
  readonly sources: readonly KubeletConfigFile[];
  /** Flags for what no file can be told, for want of one. */
  readonly addedFlags: readonly (readonly [name: string, value: string])[];
  /** The endpoint is said in files and in no flag. */
  readonly endpointInConfig: boolean;
}

/** The kubelet's configuration files, edited where they are. What an administrator has set there himself stays. */
export function kubeletConfigEdits(input: KubeletConfigInput): KubeletConfigEdits {
  const { kubelet, version, files, endpoint, fields } = input;
  const { files: sources, problems } = kubeletConfigFiles(kubelet, files);
  const notices = problems.map((problem) => asNotice(problem));
  const edits = new Map<string, Record<string, string | number | boolean | undefined>>();
  const edit = (path: string, field: string, value: YamlEdits[string]): void => {
    edits.set(path, { ...edits.get(path), [field]: value });
  };

  const addedFlags: [string, string][] = [];
  for (const field of new Set([...Object.keys(fields), ...LOG_FIELDS])) {
    const wanted = fields[field];
    const said = saidOf(field, kubelet, sources);
    if (said !== undefined) notices.push(...ofTheAdministrator({ ...input, field, said, wanted }));
    else if (wanted === undefined) continue;
    else if (kubelet.configPath !== undefined && kubelet.configPath !== '') edit(kubelet.configPath, field, wanted);
    else addedFlags.push([fieldFlag(field), String(wanted)]);
  }

  // An older kubelet does not know the fields, whatever a file says.
  const setters = version.minor >= 27 ? sources.filter(({ values }) => 'containerRuntimeEndpoint' in values) : [];
  for (const { path } of setters) edit(path, 'containerRuntimeEndpoint', endpoint);
  for (const { path, values } of version.minor >= 27 ? sources : []) {
    if ('imageServiceEndpoint' in values) edit(path, 'imageServiceEndpoint', undefined);
  }
  const endpointInConfig = setters.length > 0 && (kubelet.flags['container-runtime-endpoint'] ?? '') === '';

  const generated: GeneratedFile[] = [];
  for (const { path, file } of sources) {
    const text = editYaml(file.content, edits.get(path) ?? {});
    if (!text.ok) notices.push(unreadable(path, text.line, text.reason));
    else if (text.value !== file.content) {
      const why = `what Docker did and the kubelet does from now on: ${Object.keys(edits.get(path) ?? {}).join(', ')}`;
      generated.push({ group: 'kubelet', path, mode: file.mode, content: text.value, why });
    }
  }
  const instance = instanceConfig({ kubelet, version, files, endpoint, endpointInConfig });
  if (instance?.ok === true) generated.push(...instance.value);
  else if (instance !== undefined) notices.push(unreadable(instance.path, instance.line, instance.reason));
  return { files: generated, notices, sources, addedFlags, endpointInConfig };
}

interface Said {
  /** `--container-log-max-size`, or the path of a file. */
  readonly where: string;
  readonly value: unknown;
}

/** A flag counts more than any file, a later file more than an earlier one. */
function saidOf(field: string, { flags }: KubeletFacts, sources: readonly KubeletConfigFile[]): Said | undefined {
  const flag = flags[fieldFlag(field)];
  if (flag !== undefined && flag !== '') return { where: `--${fieldFlag(field)} of the kubelet`, value: flag };
  const source = sources.findLast(({ values }) => field in values);
  return source === undefined ? undefined : { where: source.path, value: source.values[field] };
}

interface AdministratorsSetting extends KubeletConfigInput {
  readonly field: string;
  readonly said: Said;
  readonly wanted: string | number | boolean | undefined;
}

function ofTheAdministrator({ kubelet, field, said, wanted }: AdministratorsSetting): Notice[] {
  const isLog = (LOG_FIELDS as readonly string[]).includes(field);
  const live = isLog && kubelet.runtime.kind === 'dockershim';
  const problem = isLog ? logFieldProblem(field, said.value) : undefined;
  const shown = `${said.where}${said.where.startsWith('--') ? ' is ' : ` sets ${field} to `}${String(said.value)}`;
  if (problem !== undefined) {
    const message = `${shown}, which had no effect with Docker; with another runtime the kubelet does not start with it: ${problem}`;
    return [asNotice({ level: 'blocker', message, fix: `give ${field} a value that is meant, and plan again` })];
  }
  const differs = wanted !== undefined && String(wanted) !== String(said.value);
  if (!live && !differs) return [];
  if (live && wanted !== undefined && !differs) return [];
  const effect = live ? ', which had no effect with Docker and has from now on' : '';
  const docker = differs ? `; what Docker is set to comes to ${String(wanted)}, and is not taken over` : '';
  const fix = 'keep it if it is meant, else take it out and plan again';
  return [asNotice({ level: 'warning', message: `${shown}${effect}${docker}`, fix })];
}

const unreadable = (path: string, line: number, reason: string): Notice =>
  asNotice({
    level: 'blocker',
    message: `${path} cannot be read: line ${line}: ${reason}`,
    fix: `mend line ${line} and plan again`,
  });

const asNotice = (notice: Omit<Notice, 'gate'>): Notice => ({ gate: 'kubelet-config', ...notice });
