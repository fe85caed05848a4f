import { baseName } from '../../core/base-name.js';
import type { ConfigPart } from '../../core/conversion.js';
import type { CriDockerdFacts, FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { groupFlags } from '../text/group-flags.js';
import { setFlags } from '../text/set-flags.js';
import { splitWords } from '../text/split-words.js';
import { parseUnitFile } from '../text/unit-file.js';
import type { Version } from '../version.js';
import { criDockerdFlags } from './cri-dockerd-flags.js';

const DROP_IN = '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf';

export interface CriDockerdInput {
  readonly intent: RuntimeIntent;
  readonly criDockerd: Pick<CriDockerdFacts, 'execStart'>;
  readonly version: Version;
  /** Of cri-docker.service. */
  readonly unit: UnitFacts | undefined;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly kubelet: Pick<KubeletFacts, 'flags' | 'runtime'>;
}

/** How cri-dockerd is started to do what dockershim did: a drop-in of its unit, since it has no configuration file. */
export function criDockerdPart(input: CriDockerdInput): ConfigPart {
  const { intent, criDockerd, version, unit, files, kubelet } = input;
  const flags = criDockerdFlags(intent, kubelet.flags, version);
  const command = setFlags(criDockerd.execStart, unsaid(flags, kubelet, criDockerd.execStart));
  if (!command.ok) {
    const message = `ExecStart of cri-docker.service cannot be read: line ${command.line}: ${command.reason}`;
    return refused([{ gate: 'cri-dockerd', level: 'blocker', message, fix: 'mend the unit and plan again' }]);
  }
  const later = laterCommands(unit, files);
  if (later.length > 0) return refused(later);
  const content = `[Service]\nExecStart=\nExecStart=${command.value}\n`;
  const why = "cri-dockerd with dockershim's network plugin and sandbox image, which the kubelet no longer passes on";
  return {
    files: [{ group: 'runtime', path: DROP_IN, mode: 0o644, content, why }],
    notices: [],
    // The kubelet's flags have their lines in its own part.
    settings: [],
  };
}

/**
 * Where the kubelet has left dockershim its flags say nothing of these any more, and what cri-dockerd is started with counts:
 * nothing of that is changed, and no empty value comes.
 */
function unsaid(
  flags: ReturnType<typeof criDockerdFlags>,
  { runtime, flags: kubeletFlags }: CriDockerdInput['kubelet'],
  execStart: string,
): ReturnType<typeof criDockerdFlags> {
  if (runtime.kind === 'dockershim') return flags;
  const words = splitWords(execStart);
  const there = new Set(groupFlags(words.ok ? words.value.map(({ value }) => value) : []).map(({ name }) => name));
  return flags.filter(([name, value]) => value !== '' && (!there.has(name) || (kubeletFlags[name] ?? '') !== ''));
}

/** Drop-ins that are read after ours and start cri-dockerd in their own way. */
function laterCommands(unit: UnitFacts | undefined, files: Readonly<Record<string, FileFacts>>): readonly Notice[] {
  return (unit?.dropInPaths ?? [])
    .filter((path) => baseName(path) > baseName(DROP_IN))
    .flatMap((path): readonly Notice[] => {
      const entries = parseUnitFile(files[path]?.content ?? '');
      const command = entries.find(({ section, key }) => section === 'Service' && key === 'ExecStart');
      if (command === undefined) return [];
      const message = `${path}, line ${command.line}, sets ExecStart and is read after ${baseName(DROP_IN)}, which is to set it`;
      const fix = `rename ${path} so that it sorts before ${baseName(DROP_IN)}, and plan again`;
      return [{ gate: 'cri-dockerd', level: 'blocker', message, fix }];
    });
}

const refused = (notices: readonly Notice[]): ConfigPart => ({ files: [], notices, settings: [] });
