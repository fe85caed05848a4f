import type { FileFacts, UnitFacts } from '../core/inventory.js';
import type { SourceProblem } from './argument-sources.js';
import { KUBELET_DROP_IN, type DropInContent } from './kubelet-drop-in.js';
import { parseUnitFile } from './unit-file.js';

/** Drop-ins of the kubelet that sort after ours and take back what it says. */
export function laterDropIns(
  { dropInPaths }: UnitFacts,
  files: Readonly<Record<string, FileFacts>>,
  { environment, execStart }: Pick<DropInContent, 'environment' | 'execStart'>,
): readonly SourceProblem[] {
  const ours = baseName(KUBELET_DROP_IN);
  return dropInPaths
    .filter((path) => baseName(path) > ours)
    .flatMap((path) =>
      parseUnitFile(files[path]?.content ?? '').flatMap(({ section, key, value, line }): readonly SourceProblem[] => {
        if (section !== 'Service') return [];
        const resets = key === 'Environment' && (value === '' ? Object.keys(environment).length > 0 : false);
        const variable = Object.keys(environment).find((name) => key === 'Environment' && value.includes(`${name}=`));
        const what = key === 'ExecStart' && execStart !== undefined ? key : resets ? key : variable;
        if (what === undefined) return [];
        const message = `${path}, line ${line}, sets ${what} and is read after ${ours}, which is to set it`;
        return [{ level: 'blocker', message, fix: `rename ${path} so that it sorts before ${ours}, and plan again` }];
      }),
    );
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
