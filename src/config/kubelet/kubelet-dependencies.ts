import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseUnitFile, type UnitEntry } from '../text/unit-file.js';
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

const isDocker = (unit: string): boolean => unit === 'docker.service' || unit === 'docker.socket';

/** Unties the kubelet from Docker's units: with these masked, a unit that requires them does not start. */
export function kubeletDependencies(
  unit: UnitFacts,
  files: Readonly<Record<string, FileFacts>>,
  runtimeUnit: string,
): KubeletDependencies {
  const texts = [unit.fragmentPath, ...unit.dropInPaths].flatMap((path): UnitText[] => {
    const file = files[path];
    return file?.exists === true ? [{ path, file, entries: parseUnitFile(file.content) }] : [];
  });
  const bound = texts.filter(({ entries }) => entries.some(bindsToDocker));
  const binding = new Set([...unit.requires, ...unit.bindsTo, ...unit.partOf].filter(isDocker));
  const notices = texts.flatMap(dockerCommands);
  notices.push(...bound.filter(({ file }) => !isWholeFile(file)).map(({ path }) => asNotice(notWhole(path))));
  if (binding.size > 0 && bound.length === 0) {
    const message = `kubelet.service is bound to ${[...binding].join(' and ')}, and no unit file that was read says so`;
    const fix =
      'look for it with `systemctl cat kubelet` and in kubelet.service.requires/, take it away, and plan again';
    notices.push(asNotice({ level: 'blocker', message, fix }));
  }
  return {
    files: bound.map((text) => untied(text, runtimeUnit)),
    notices,
    tied: binding.size > 0 || bound.length > 0 || [...unit.wants, ...unit.after].some(isDocker),
  };
}

const namesDocker = ({ value }: UnitEntry): boolean => value.split(/\s+/).some(isDocker);

const bindsToDocker = (entry: UnitEntry): boolean =>
  entry.section === 'Unit' && /^(?:Requires|Requisite|BindsTo|PartOf)$/.test(entry.key) && namesDocker(entry);

/** The unit's text without the names of Docker's units; what the runtime's unit means instead is the drop-in's to say. */
function untied({ path, file, entries }: UnitText, runtimeUnit: string): GeneratedFile {
  const bound = entries.filter(bindsToDocker);
  const content = bound.toReversed().reduce((text, { key, value, start, end }) => {
    const rest = value.split(/\s+/).filter((name) => name !== '' && !isDocker(name));
    const line = rest.length === 0 ? '' : `${key}=${rest.join(' ')}\n`;
    return text.slice(0, start) + line + text.slice(end);
  }, file.content);
  const lines = bound.map(({ line }) => line).join(', ');
  const why = `line ${lines} of ${path} binds the kubelet to Docker, which no drop-in can take back; ${runtimeUnit} takes its place`;
  return { group: 'kubelet', path: underEtc(path), mode: file.mode, content, why };
}

/** A file of the same name under /etc hides the one that a package brought. */
const underEtc = (path: string): string =>
  path.startsWith('/etc/') ? path : path.replace(/^.*\/systemd\/system\//, '/etc/systemd/system/');

/** Commands around the kubelet's own that call a Docker which will not answer. */
function dockerCommands({ path, entries }: UnitText): Notice[] {
  return entries
    .filter(({ key }) => /^Exec(?:StartPre|Condition|StartPost|Stop|StopPost)$/.test(key))
    .filter(({ value }) => /(?:^|[\s/])docker(?:\s|$)/.test(value))
    .map(({ key, value, line }) => {
      const mayFail = /^[@:+!|]*-/.test(value);
      const message = `${path}, line ${line}: ${key} runs docker${mayFail ? '' : ', and the kubelet does not start when that fails'}`;
      return asNotice({ level: mayFail ? 'warning' : 'blocker', message, fix: 'take the line out of the unit' });
    });
}

const asNotice = (problem: Omit<Notice, 'gate'>): Notice => ({ gate: 'kubelet-unit', ...problem });
