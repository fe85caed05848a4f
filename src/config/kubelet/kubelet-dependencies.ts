import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseUnitFile, type UnitEntry } from '../text/unit-file.js';
import type { RuntimeTarget } from '../runtime-intent.js';
import { isWholeFile, notWhole } from '../whole-file.js';

export interface KubeletDependencies {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
  /** Something ties the kubelet to Docker's units: the drop-in is to tie it to the new runtime's. */
  readonly tied: boolean;
}

interface UnitText {
  readonly path: string;
  readonly file: FileFacts;
  readonly entries: readonly UnitEntry[];
}

export interface DependenciesInput {
  readonly unit: UnitFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly runtimeUnit: string;
  readonly target: RuntimeTarget['kind'];
}

const DOCKERS: ReadonlySet<string> = new Set([
  ...['docker.service', 'docker.socket'],
  ...['cri-docker.service', 'cri-docker.socket', 'cri-dockerd.service', 'cri-dockerd.socket'],
]);

const isDocker = (unit: string): boolean => DOCKERS.has(unit);

/** Unties the kubelet from Docker's units: with these masked, a unit that requires them does not start. */
export function kubeletDependencies({ unit, files, runtimeUnit, target }: DependenciesInput): KubeletDependencies {
  // Docker stays, and so does what the kubelet asks of it.
  if (target === 'cri-dockerd') {
    const named = [...unit.requires, ...unit.bindsTo, ...unit.partOf, ...unit.wants, ...unit.after];
    return { files: [], notices: [], tied: named.some(isDocker) };
  }
  const texts = [unit.fragmentPath, ...unit.dropInPaths].flatMap((path): UnitText[] => {
    const file = files[path];
    return file?.exists === true ? [{ path, file, entries: parseUnitFile(file.content) }] : [];
  });
  const bound = texts.filter(({ entries }) => entries.some(bindsToDocker));
  const changed = texts.filter(({ entries }) => entries.some((entry) => bindsToDocker(entry) || callsDocker(entry)));
  const binding = new Set([...unit.requires, ...unit.bindsTo, ...unit.partOf].filter(isDocker));
  const notices = texts.flatMap(dockerCommands);
  notices.push(...changed.filter(({ file }) => !isWholeFile(file)).map(({ path }) => asNotice(notWhole(path))));
  if (binding.size > 0 && bound.length === 0) {
    const message = `kubelet.service is bound to ${[...binding].join(' and ')}, and no unit file that was read says so`;
    const fix =
      'look for it with `systemctl cat kubelet` and in kubelet.service.requires/, take it away, and plan again';
    notices.push(asNotice({ level: 'blocker', message, fix }));
  }
  return {
    files: changed.map((text) => untied(text, runtimeUnit)),
    notices,
    tied: binding.size > 0 || bound.length > 0 || [...unit.wants, ...unit.after].some(isDocker),
  };
}

const namesDocker = ({ value }: UnitEntry): boolean => value.split(/\s+/).some(isDocker);

const bindsToDocker = (entry: UnitEntry): boolean =>
  entry.section === 'Unit' && /^(?:Requires|Requisite|BindsTo|PartOf)$/.test(entry.key) && namesDocker(entry);

/** The unit's text without the names of Docker's units; what the runtime's unit means instead is the drop-in's to say. */
function untied({ path, file, entries }: UnitText, runtimeUnit: string): GeneratedFile {
  const found = entries.filter((entry) => bindsToDocker(entry) || callsDocker(entry));
  const content = found.toReversed().reduce((text, { key, value, start, end }) => {
    const rest = value.split(/\s+/).filter((name) => name !== '' && !isDocker(name));
    const line = key.startsWith('Exec') || rest.length === 0 ? '' : `${key}=${rest.join(' ')}\n`;
    return text.slice(0, start) + line + text.slice(end);
  }, file.content);
  const why = [
    reason(
      found.filter(bindsToDocker),
      (lines) =>
        `${lines} of ${path} binds the kubelet to Docker, which no drop-in can take back; ${runtimeUnit} takes its place`,
    ),
    reason(found.filter(callsDocker), (lines) => `${lines} of ${path} calls docker, which will not answer`),
  ];
  return {
    group: 'kubelet',
    path: underEtc(path),
    mode: file.mode,
    content,
    why: why.filter((one) => one !== '').join('; '),
  };
}

const reason = (entries: readonly UnitEntry[], say: (lines: string) => string): string =>
  entries.length === 0 ? '' : say(`line ${entries.map(({ line }) => line).join(', ')}`);

/** A file of the same name under /etc hides the one that a package brought. */
const underEtc = (path: string): string =>
  path.startsWith('/etc/') ? path : path.replace(/^.*\/systemd\/system\//, '/etc/systemd/system/');

const isCommand = ({ key }: UnitEntry): boolean => /^Exec(?:StartPre|Condition|StartPost|Stop|StopPost)$/.test(key);

/** The command is docker itself, so that nothing is lost with the line but what Docker will not do any more. */
const callsDocker = (entry: UnitEntry): boolean =>
  entry.section === 'Service' && isCommand(entry) && /^[-@:+!|]*(?:\/\S*\/)?docker(?:\s|$)/.test(entry.value);

/** Commands around the kubelet's own that call a Docker which will not answer. */
function dockerCommands({ path, entries }: UnitText): Notice[] {
  return entries
    .filter(
      (entry) => isCommand(entry) && /(?:^|[\s/"';&|(])docker(?:\s|$)/.test(entry.value.replace(/^[-@:+!|]+/, '')),
    )
    .map((entry) => {
      const { key, value, line } = entry;
      const where = `${path}, line ${line}: ${key} runs docker`;
      if (callsDocker(entry)) {
        const fix = 'see whether the kubelet needs something in its place';
        return asNotice({ level: 'warning', message: `${where}, and the line is taken out`, fix });
      }
      const mayFail = /^[@:+!|]*-/.test(value);
      const message = `${where}${mayFail ? '' : ', and the kubelet does not start when that fails'}`;
      return asNotice({ level: mayFail ? 'warning' : 'blocker', message, fix: 'take docker out of the command' });
    });
}

const asNotice = (problem: Omit<Notice, 'gate'>): Notice => ({ gate: 'kubelet-unit', ...problem });
