import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import type { SourceProblem } from './argument-sources.js';
import { KUBELET_DROP_IN, type DropInContent } from './kubelet-drop-in.js';
import { parseUnitFile } from '../text/unit-file.js';

/** Drop-ins of the kubelet that sort after ours and take back what it says. */
export function laterDropIns(
  { dropInPaths }: UnitFacts,
  files: Readonly<Record<string, FileFacts>>,
  { environment, execStart }: Pick<DropInContent, 'environment' | 'execStart'>,
): readonly SourceProblem[] {
  const ours = baseName(KUBELET_DROP_IN);
  const variables = Object.keys(environment);
  return dropInPaths
    .filter((path) => baseName(path) > ours)
    .flatMap((path) => {
      const found = parseUnitFile(files[path]?.content ?? '').find(({ section, key, value }) => {
        if (section !== 'Service') return false;
        if (key === 'ExecStart') return execStart !== undefined;
        // An empty one takes back all that were set before it.
        return key === 'Environment' && variables.some((name) => value === '' || value.includes(`${name}=`));
      });
      if (found === undefined) return [];
      const message = `${path}, line ${found.line}, sets ${found.key} and is read after ${ours}, which is to set it`;
      return [{ level: 'blocker', message, fix: `rename ${path} so that it sorts before ${ours}, and plan again` }];
    });
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
