import { parseVersion } from '../../../src/config/version.js';
import { containerdPart } from '../../../src/config/containerd/containerd-part.js';
import { registryCertificates } from '../../../src/config/registries/registry-certificates.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import type { ConfigPart } from '../../../src/core/conversion.js';
import type { FileFacts } from '../../../src/core/inventory.js';
import { file, NO_FILE } from '../../fixtures/inventory.js';

export const PATH = '/etc/containerd/config.toml';
export const CERTS = '/etc/containerd/certs.d';
export const R2 = 'plugins."io.containerd.grpc.v1.cri"';

type Files = Readonly<Record<string, FileFacts>>;
export type Intent = Omit<Partial<RuntimeIntent>, 'registries'> & {
  readonly registries?: Partial<RuntimeIntent['registries']>;
};

export interface MadePart extends ConfigPart {
  /** By path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly config: string | undefined;
}

/** What containerd gets on a node with the systemd driver, Docker's certificates among the files. */
export function part(intent: Intent, version: string, before: Readonly<Record<string, string>> = {}): MadePart {
  const files: Files = {
    [PATH]: NO_FILE,
    ...Object.fromEntries(Object.entries(before).map(([path, text]) => [path, file(text)])),
  };
  return partOf(intent, version, files);
}

export function partOf(intent: Intent, version: string, files: Files, servesDocker = false): MadePart {
  const { certificates } = registryCertificates(files, { kind: 'containerd', version: versionOf(version) });
  const base = { cgroupDriver: 'systemd', sandboxImage: 'k8s.gcr.io/pause:3.6' } as const;
  const registries = { ...DEFAULT_INTENT.registries, certificates, ...intent.registries };
  const made = containerdPart({
    ...{ path: PATH, version, files, servesDocker },
    intent: { ...DEFAULT_INTENT, ...base, ...intent, registries },
  });
  const texts = Object.fromEntries(made.files.map(({ path, content }) => [path, content]));
  return { ...made, texts, config: texts[PATH] };
}

/** The files of a node on which all that was made is written. */
export const after = (before: Files, { files }: ConfigPart): Files => ({
  ...before,
  ...Object.fromEntries(files.map(({ path, content, mode }) => [path, file(content, mode)])),
});

const versionOf = (text: string) => parseVersion(text) ?? { major: 1, minor: 6, patch: 0, preRelease: undefined };
