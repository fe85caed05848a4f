import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { settingRules } from '../settings/index.js';
import { dockerCommand } from './docker-command.js';
import type { DockerSetting } from './docker-setting.js';
import { dockerdOptions } from './dockerd-options.js';
import { parseDaemonJson } from './parse-daemon-json.js';

const DAEMON_JSON = '/etc/docker/daemon.json';

/**
 * Everything that dockerd is told: daemon.json, and the flags of docker.service. What is not understood for certain, or what
 * dockerd itself does not start with, is refused by a notice with its place and reason.
 */
export function dockerSettings(
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): { readonly settings: readonly DockerSetting[]; readonly notices: readonly Notice[] } {
  const command = dockerCommand(files, unit);
  const options = dockerdOptions(command.words);
  const strangers = options.strangers.map(({ source, line, value }) =>
    blocker(
      `${source}, line ${line}, gives dockerd the word ${value}, which belongs to no flag`,
      'correct the command line',
    ),
  );
  const path = options.configFile ?? DAEMON_JSON;
  const file = fileSettings(path, files[path], options.configFile !== undefined);
  const contradictions = [...twiceTold(file.settings, options.settings), ...twoRoots(file.settings)];
  const refused = (setting: DockerSetting): DockerSetting => {
    const found = contradictions.find(({ key, sources }) => key === setting.key && sources.includes(setting.source));
    return found === undefined ? setting : { ...setting, refused: found.note };
  };
  return {
    settings: [...file.settings, ...options.settings].map(refused),
    notices: [...command.notices, ...strangers, ...file.notices, ...contradictions.map(({ notice }) => notice)],
  };
}

function fileSettings(
  path: string,
  facts: FileFacts | undefined,
  named: boolean,
): { readonly settings: readonly DockerSetting[]; readonly notices: readonly Notice[] } {
  if (facts?.exists !== true) {
    if (!named) return { settings: [], notices: [] };
    const message = `${path}, which --config-file of dockerd names, ${facts === undefined ? 'was not read' : 'is not there'}`;
    const level = facts === undefined ? 'undecided' : 'blocker';
    return {
      settings: [],
      notices: [{ gate: 'daemon-json', level, message, fix: 'see what it holds, and plan again' }],
    };
  }
  const fix = 'correct the file, see that dockerd starts with it, and plan again';
  if (!facts.whole) {
    const reason = facts.content.replace(/^\[|\]$/g, '');
    return {
      settings: [],
      notices: [blocker(`${path}, line 1, is refused: it is no UTF-8 text that can be read whole (${reason})`, fix)],
    };
  }
  const parsed = parseDaemonJson(facts.content);
  if (!parsed.ok) {
    return { settings: [], notices: [blocker(`${path}, line ${parsed.line}, is refused: ${parsed.reason}`, fix)] };
  }
  const { settings, lines } = parsed.value;
  return {
    settings: Object.entries(settings).map(([written, value]) => {
      const key = written.toLowerCase();
      const known = settingRules.some((rule) => rule.key === key);
      return { source: path, key: known ? key : written, value, line: lines.get(written) ?? 1 };
    }),
    notices: [],
  };
}

interface Contradiction {
  readonly key: string;
  readonly sources: readonly string[];
  readonly note: string;
  readonly notice: Notice;
}

/** dockerd merges runtimes of both, and compares the proxies one by one; all else must be in one place, even if it is the same. */
function twiceTold(inFile: readonly DockerSetting[], asFlags: readonly DockerSetting[]): readonly Contradiction[] {
  return inFile.flatMap((written): Contradiction[] => {
    const flag = asFlags.find(({ key }) => key === written.key);
    if (flag === undefined || written.key === 'runtimes') return [];
    if (written.key === 'proxies' && !shareKeys(written.value, flag.value)) return [];
    const note = `${written.key} is set both in ${placed(written)}, and by a flag in ${placed(flag)}`;
    return [
      {
        ...{ key: written.key, sources: [written.source, flag.source], note },
        notice: blocker(`${note}: dockerd does not start with both`, `remove ${written.key} from one of the two`),
      },
    ];
  });
}

/** `graph` is the old name of `data-root`. */
function twoRoots(settings: readonly DockerSetting[]): readonly Contradiction[] {
  const graph = settings.find(({ key, value }) => key === 'graph' && value !== '');
  const dataRoot = settings.find(({ key, value }) => key === 'data-root' && value !== '');
  if (graph === undefined || dataRoot === undefined) return [];
  const note = `graph in ${placed(graph)}, is the old name of data-root, which is there as well`;
  const notice = blocker(`${note}: dockerd does not start with both`, 'remove graph');
  return [{ key: 'graph', sources: [graph.source], note, notice }];
}

const shareKeys = (a: unknown, b: unknown): boolean => {
  const keys = new Set(Object.keys(a ?? {}).map((key) => key.toLowerCase()));
  return Object.keys(b ?? {}).some((key) => keys.has(key));
};

const placed = ({ source, line }: DockerSetting): string => (line === undefined ? source : `${source}, line ${line}`);

const blocker = (message: string, fix: string): Notice => ({ gate: 'daemon-json', level: 'blocker', message, fix });
