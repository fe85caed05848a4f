import { crioPart } from '../../../src/config/crio/crio-part.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import type { ConfigPart } from '../../../src/core/conversion.js';
import { file } from '../../fixtures/inventory.js';

export const DROP_IN = '/etc/crio/crio.conf.d/10-docker-migration.conf';
export const NETS_DROP_IN = '/etc/crio/crio.conf.d/10-docker-migration-insecure.conf';
export const REGISTRIES = '/etc/containers/registries.conf.d/10-docker-migration.conf';
export const POLICY = '/etc/containers/policy.json';

/** As CRI-O's packages from pkgs.k8s.io leave it. */
export const PACKAGED = `[crio.image]
signature_policy = "/etc/crio/policy.json"

[crio.runtime]
default_runtime = "crun"

[crio.runtime.runtimes.crun]
runtime_path = "/usr/libexec/crio/crun"
runtime_root = "/run/crun"
monitor_path = "/usr/libexec/crio/conmon"
monitor_cgroup = "system.slice"
monitor_env = ["PATH=/usr/bin"]

[crio.runtime.runtimes.runc]
runtime_path = "/usr/libexec/crio/runc"
runtime_root = "/run/runc"
monitor_path = "/usr/libexec/crio/conmon"
`;

interface Case {
  readonly intent?: Partial<RuntimeIntent>;
  readonly version?: string;
  /** Contents by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly effective?: string;
}

export const convertCrio = ({ intent = {}, version = '1.31.13', files = {}, effective }: Case): ConfigPart =>
  crioPart({
    intent: { ...DEFAULT_INTENT, ...intent },
    crio: {
      version,
      configPath: '/etc/crio/crio.conf',
      configDir: '/etc/crio/crio.conf.d',
      effectiveConfig: effective,
    },
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, file(content)])),
  });

export const contentOf = (part: ConfigPart, path: string): string | undefined =>
  part.files.find((generated) => generated.path === path)?.content;

export const noticesOf = (part: ConfigPart, level: 'blocker' | 'warning' | 'undecided'): readonly string[] =>
  part.notices.filter((notice) => notice.level === level).map(({ message }) => message);
