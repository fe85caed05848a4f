import type { TomlTable } from 'smol-toml';
import type { ConfigProblem, ContainerdMeant } from './containerd-config.js';
import { containerdRegistry } from './containerd-registry.js';
import { CRI_V2, IMAGES_V3, RUNTIME_V3 } from './cri-tables.js';
import { mergeTables, stringAt, tableAt, withoutKeys } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';
import type { Version } from '../version.js';

const RUNC = 'io.containerd.runc.v2';

/** The CRI plugins to write: those that are there (already in the schema meant), with all that must be right on top. */
export function containerdCri(
  meant: ContainerdMeant,
  version: Version,
  existing: TomlTable,
): { readonly plugins: TomlTable; readonly problems: readonly ConfigProblem[] } {
  const v3 = version.major >= 2;
  const oldRuntime = tableAt(existing, v3 ? RUNTIME_V3 : CRI_V2);
  const oldImages = tableAt(existing, v3 ? IMAGES_V3 : CRI_V2);
  const { registry, problems } = containerdRegistry(meant.path, tableAt(oldImages, 'registry'));
  const handlers = runtimeHandlers(meant, tableAt(oldRuntime, 'containerd', 'runtimes'));
  const snapshotter = snapshotterOf(meant, stringAt(v3 ? oldImages : tableAt(oldImages, 'containerd'), 'snapshotter'));
  const cni = cniTable(meant, version, tableAt(oldRuntime, 'cni'));
  const all = [...problems, ...cni.problems, ...missingHandler(meant, handlers)];

  const containerd = { default_runtime_name: meant.defaultRuntime, runtimes: handlers };
  if (!v3) {
    const cri = { sandbox_image: meant.sandboxImage, cni: cni.table, containerd: { ...containerd, snapshotter } };
    return { plugins: { [CRI_V2]: { ...mergeTables(withoutTraps(oldRuntime), cri), registry } }, problems: all };
  }
  const images = { snapshotter, pinned_images: { sandbox: meant.sandboxImage } };
  return {
    plugins: {
      ...existing,
      [IMAGES_V3]: { ...mergeTables(oldImages ?? {}, images), registry },
      [RUNTIME_V3]: mergeTables(withoutTraps(oldRuntime), { cni: cni.table, containerd }),
    },
    problems: all,
  };
}

/** Settings of a runtime that containerd does not have any more: `systemd_cgroup` keeps the plugin from loading. */
function withoutTraps(old: TomlTable | undefined): TomlTable {
  const rest = withoutKeys(old ?? {}, 'systemd_cgroup');
  const containerd = tableAt(rest, 'containerd');
  const cni = tableAt(rest, 'cni');
  // Both would take the place of what default_runtime_name says.
  const gone = ['default_runtime', 'untrusted_workload_runtime'];
  if (containerd !== undefined) rest['containerd'] = withoutKeys(containerd, ...gone);
  if (cni !== undefined) rest['cni'] = withoutKeys(cni, 'bin_dir', 'bin_dirs');
  return rest;
}

/** Every handler by name with its type, since 1.x takes away the defaults of a table that is written at all. */
function runtimeHandlers({ cgroupDriver }: ContainerdMeant, old: TomlTable | undefined): TomlTable {
  const handlers: TomlTable = {};
  for (const [name, value] of Object.entries({ runc: {}, ...old })) {
    if (!isTable(value)) continue;
    const written = stringAt(value, 'runtime_type') ?? '';
    const type = name === 'runc' || written === '' ? RUNC : written;
    const isRunc = /^io\.containerd\.runc\.v\d$/.test(type);
    // A handler with another driver than the kubelet's restarts its pods for ever.
    const options = isRunc ? { options: { SystemdCgroup: cgroupDriver === 'systemd' } } : {};
    handlers[name] = mergeTables(value, { runtime_type: type, ...options });
  }
  return handlers;
}

function missingHandler({ defaultRuntime, path }: ContainerdMeant, handlers: TomlTable): ConfigProblem[] {
  if (defaultRuntime in handlers) return [];
  const message = `Docker's default runtime is ${defaultRuntime}, and ${path} has no handler of that name`;
  return [
    {
      level: 'blocker',
      message,
      fix: `set up the handler ${defaultRuntime} for containerd (nvidia: \`nvidia-ctk runtime configure --runtime=containerd\`), and plan again`,
    },
  ];
}

/** An administrator's own choice stays; `overlayfs` may be no more than a default that was written out. */
const snapshotterOf = ({ snapshotter }: ContainerdMeant, old: string | undefined): string =>
  old === undefined || old === '' || old === 'overlayfs' ? snapshotter : old;

function cniTable(
  { cniConfDir, cniBinDirs }: ContainerdMeant,
  version: Version,
  old: TomlTable | undefined,
): { table: TomlTable; problems: ConfigProblem[] } {
  const severalDirs = version.major > 2 || (version.major === 2 && version.minor >= 1);
  const [binDir, second] = cniBinDirs;
  const problems: ConfigProblem[] = [];
  if (second !== undefined && !severalDirs) {
    const message = `the kubelet looks for CNI plugins in ${cniBinDirs.join(' and ')}; containerd before 2.1 looks in one directory`;
    problems.push({
      level: 'blocker',
      message,
      fix: `put or link all plugins into ${binDir ?? ''}, set --cni-bin-dir to it alone, and plan again`,
    });
  }
  if ((stringAt(old, 'conf_template') ?? '') !== '') {
    const message =
      'containerd is told a cni.conf_template, from which it writes a network of its own beside the one of the cluster';
    problems.push({ level: 'warning', message, fix: 'take conf_template out unless the cluster has no other network' });
  }
  const bin: TomlTable = severalDirs ? { bin_dirs: [...cniBinDirs] } : { bin_dir: binDir ?? '/opt/cni/bin' };
  return { table: { ...bin, conf_dir: cniConfDir }, problems };
}
