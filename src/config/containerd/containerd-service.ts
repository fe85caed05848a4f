import type { FileFacts, UnitFacts } from '../../core/inventory.js';
import { groupFlags } from '../text/group-flags.js';
import { normaliseEndpoint } from '../kubelet/kubelet-endpoint.js';
import { splitWords } from '../text/split-words.js';
import { parseToml, stringAt, tableAt } from '../text/toml-document.js';
import { parseUnitFile } from '../text/unit-file.js';

export interface ContainerdService {
  readonly configPath: string;
  /** Undefined where its configuration names none. */
  readonly endpoint: string | undefined;
}

/** Which configuration containerd.service starts with, and where that makes it listen. */
export function containerdService(
  files: Readonly<Record<string, FileFacts>>,
  unit: UnitFacts | undefined,
): ContainerdService {
  const paths = unit === undefined ? [] : [unit.fragmentPath, ...unit.dropInPaths];
  const command = paths
    .flatMap((path) => parseUnitFile(files[path]?.content ?? ''))
    .findLast(({ section, key, value }) => section === 'Service' && key === 'ExecStart' && value !== '');
  const words = splitWords(command?.value ?? '');
  const flags = groupFlags(words.ok ? words.value.map(({ value }) => value) : []);
  const configPath = flags.findLast(({ name }) => name === 'config' || name === 'c')?.value;
  const path = configPath ?? '/etc/containerd/config.toml';
  const config = parseToml(files[path]?.content ?? '');
  const address = config.ok ? stringAt(tableAt(config.value, 'grpc'), 'address') : undefined;
  return {
    configPath: path,
    endpoint: address === undefined || address === '' ? undefined : normaliseEndpoint(address),
  };
}
