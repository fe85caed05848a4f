import type { CriDockerdFacts, FileFacts, UnitFacts } from '../../core/inventory.js';
import { normaliseEndpoint } from '../kubelet/kubelet-endpoint.js';
import { groupFlags } from '../text/group-flags.js';
import { splitWords } from '../text/split-words.js';
import { parseUnitFile } from '../text/unit-file.js';

const DEFAULT = 'unix:///run/cri-dockerd.sock';

/** Where cri-dockerd listens: by its flag, or, with `fd://`, where its socket unit does. */
export function criDockerdEndpoint(
  { execStart }: Pick<CriDockerdFacts, 'execStart'>,
  socket: UnitFacts | undefined,
  files: Readonly<Record<string, FileFacts>>,
): string {
  const words = splitWords(execStart);
  const flags = groupFlags(words.ok ? words.value.map(({ value }) => value) : []);
  const flag = flags.findLast(({ name }) => name === 'container-runtime-endpoint')?.value ?? '';
  if (flag !== '' && !flag.startsWith('fd://')) return normaliseEndpoint(flag);
  const paths = socket === undefined ? [] : [socket.fragmentPath, ...socket.dropInPaths];
  const listens = paths
    .flatMap((path) => parseUnitFile(files[path]?.content ?? ''))
    .filter(({ section, key, value }) => section === 'Socket' && key === 'ListenStream' && value !== '')
    .at(-1)?.value;
  return listens === undefined ? DEFAULT : normaliseEndpoint(listens.replace('%t', '/run'));
}
