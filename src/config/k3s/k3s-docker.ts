import type { GeneratedFile, SettingAnswer } from '../../core/conversion.js';
import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseDocument } from 'yaml';
import { applySplices } from '../text/splice.js';
import { splitWords } from '../text/split-words.js';
import { parseUnitFile } from '../text/unit-file.js';
import { editYaml } from '../text/yaml-edit.js';
import { isWholeFile, notWhole } from '../whole-file.js';
import type { K3sProduct } from './k3s-product.js';

export interface K3sDocker {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
  readonly settings: readonly SettingAnswer[];
}

const NOTE = 'without it the distribution uses its own containerd';

/** Takes away what tells k3s to use Docker: `docker: true` of its configuration, `--docker` of its unit. */
export function k3sDocker(
  { name, configPath, unitPaths }: K3sProduct,
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): K3sDocker {
  const configs = Object.keys(files)
    .filter((path) => path === configPath || (path.startsWith(`${configPath}.d/`) && /\.ya?ml$/.test(path)))
    .sort();
  const ofUnit = unit === undefined ? unitPaths : [unit.fragmentPath, ...unit.dropInPaths];
  const paths = [...configs, ...ofUnit].filter((path) => files[path]?.exists === true);
  const results = paths.map((path): K3sDocker => {
    const file = files[path];
    if (file === undefined) return NOTHING;
    if (!isWholeFile(file)) return { ...NOTHING, notices: [{ gate: 'k3s', ...notWhole(path) }] };
    return configs.includes(path) ? ofConfig(path, file) : ofUnitFile(path, file);
  });
  const all = results.flatMap(({ files: generated }) => generated);
  return {
    files: all.map((one) => ({ ...one, why: `${name} no longer uses Docker` })),
    notices: results.flatMap(({ notices }) => notices),
    settings: results.flatMap(({ settings }) => settings),
  };
}

const NOTHING: K3sDocker = { files: [], notices: [], settings: [] };

function ofConfig(path: string, file: FileFacts): K3sDocker {
  const document = parseDocument(file.content);
  const edited = editYaml(file.content, { docker: undefined });
  if (!edited.ok) return unreadable(path, edited.line, edited.reason);
  const value: unknown = (document.toJS() as Record<string, unknown> | null)?.['docker'];
  if (value === undefined) return NOTHING;
  return written(path, file, edited.value, 'docker', value);
}

function ofUnitFile(path: string, file: FileFacts): K3sDocker {
  const entry = parseUnitFile(file.content).findLast(
    ({ section, key, value }) => section === 'Service' && key === 'ExecStart' && value !== '',
  );
  if (entry === undefined) return NOTHING;
  const raw = file.content.slice(entry.start, entry.end);
  const from = raw.indexOf('=') + 1;
  const words = splitWords(raw.slice(from));
  if (!words.ok) return unreadable(path, entry.line + words.line - 1, words.reason);
  const found = words.value.flatMap((word, index) =>
    /^--docker(?:=.*)?$/.test(word.value) ? [{ word, before: words.value[index - 1]?.end ?? word.start }] : [],
  );
  if (found.length === 0) return NOTHING;
  const at = entry.start + from;
  const splices = found.map(({ word, before }) => ({ start: at + before, end: at + word.end, text: '' }));
  return written(path, file, applySplices(file.content, splices), '--docker', true);
}

const written = (path: string, { mode }: FileFacts, content: string, key: string, value: unknown): K3sDocker => ({
  files: [{ group: 'kubelet', path, mode, content, why: '' }],
  notices: [],
  settings: [{ source: path, key, value, outcome: 'converted', target: '', note: NOTE }],
});

const unreadable = (path: string, line: number, reason: string): K3sDocker => ({
  ...NOTHING,
  notices: [
    {
      gate: 'k3s',
      level: 'blocker',
      message: `${path} cannot be read: line ${line}: ${reason}`,
      fix: `mend line ${line} and plan again`,
    },
  ],
});
