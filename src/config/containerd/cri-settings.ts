import type { TomlTable } from 'smol-toml';
import { CRI_V2, IMAGES_V3, isCriPlugin, RUNTIME_V3, schemaOf } from './cri-tables.js';
import { stringAt, stringsAt, tableAt } from '../text/toml-document.js';

/** What must be right in a containerd that serves a kubelet, wherever the schema of its configuration puts it. */
export interface CriSettings {
  readonly defaultRuntime: string | undefined;
  readonly handlers: Readonly<
    Record<string, { readonly runtimeType: string; readonly systemdCgroup: boolean | undefined }>
  >;
  readonly sandboxImage: string | undefined;
  readonly snapshotter: string | undefined;
  readonly cniConfDir: string | undefined;
  readonly cniBinDirs: readonly string[];
  readonly registryConfigPath: string;
  readonly disabledPlugins: readonly string[];
}

export function criSettings(config: TomlTable): CriSettings {
  const v3 = schemaOf(config) >= 3;
  const plugins = tableAt(config, 'plugins');
  const images = tableAt(plugins, v3 ? IMAGES_V3 : CRI_V2);
  const runtime = tableAt(plugins, v3 ? RUNTIME_V3 : CRI_V2);
  const containerd = tableAt(runtime, 'containerd');
  const cni = tableAt(runtime, 'cni');
  const binDir = stringAt(cni, 'bin_dir') ?? '';
  const binDirs = stringsAt(cni, 'bin_dirs');
  return {
    defaultRuntime: stringAt(containerd, 'default_runtime_name'),
    handlers: handlersOf(tableAt(containerd, 'runtimes')),
    sandboxImage: v3 ? stringAt(tableAt(images, 'pinned_images'), 'sandbox') : stringAt(images, 'sandbox_image'),
    snapshotter: stringAt(v3 ? images : containerd, 'snapshotter'),
    cniConfDir: stringAt(cni, 'conf_dir'),
    cniBinDirs: binDirs.length > 0 ? binDirs : binDir === '' ? [] : [binDir],
    registryConfigPath: stringAt(tableAt(images, 'registry'), 'config_path') ?? '',
    disabledPlugins: stringsAt(config, 'disabled_plugins').filter(isCriPlugin),
  };
}

function handlersOf(runtimes: TomlTable | undefined): CriSettings['handlers'] {
  return Object.fromEntries(
    Object.keys(runtimes ?? {}).map((name) => {
      const handler = tableAt(runtimes, name);
      const systemdCgroup = tableAt(handler, 'options')?.['SystemdCgroup'];
      return [
        name,
        {
          runtimeType: stringAt(handler, 'runtime_type') ?? '',
          systemdCgroup: typeof systemdCgroup === 'boolean' ? systemdCgroup : undefined,
        },
      ];
    }),
  );
}
