import type { TomlTable } from 'smol-toml';
import { valueOf } from '../core/fact.js';
import type { FileFacts, KubeletFacts, NodeInventory } from '../core/inventory.js';
import { criPath, schemaOf, type Schema } from './containerd/cri-tables.js';
import { crioSources } from './crio/crio-sources.js';
import { sameEndpoint } from './kubelet/kubelet-endpoint.js';
import { formatGoDuration, parseGoDuration } from './kubelet/go-duration.js';
import type { RuntimeIntent } from './runtime-intent.js';
import type { TargetService } from './target-service.js';
import { parseToml, stringAt, stringsAt, tableAt } from './text/toml-document.js';

export interface SaidInput {
  readonly kubelet: KubeletFacts | undefined;
  readonly service: TargetService;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly inventory: Pick<NodeInventory, 'crio'>;
}

type Said = Pick<RuntimeIntent, 'cni' | 'sandboxImage' | 'pullProgressTimeout'>;

/**
 * What the runtime's own configuration says of that which dockershim had from the kubelet's flags. It counts where the kubelet
 * uses the runtime already: those flags have gone, and what they said was written there. `intent` is what the flags come to.
 */
export function saidByRuntime(intent: Said, { kubelet, service, files, inventory }: SaidInput): Said {
  if (kubelet === undefined || !sameEndpoint(kubelet.runtime.endpoint, service.endpoint)) return intent;
  const { binDirs, confDir, image, pull } = written(service, files, inventory);
  const { flags } = kubelet;
  const has = (flag: string): boolean => (flags[flag] ?? '') !== '';
  return {
    cni: {
      confDir: has('cni-conf-dir') ? intent.cni.confDir : (confDir ?? intent.cni.confDir),
      binDirs: has('cni-bin-dir') || binDirs.length === 0 ? intent.cni.binDirs : binDirs,
    },
    sandboxImage: has('pod-infra-container-image') ? intent.sandboxImage : (image ?? intent.sandboxImage),
    pullProgressTimeout: intent.pullProgressTimeout ?? pull,
  };
}

interface Written {
  readonly binDirs: readonly string[];
  readonly confDir: string | undefined;
  readonly image: string | undefined;
  readonly pull: string | undefined;
}

function written(
  { target, configPath }: TargetService,
  files: SaidInput['files'],
  { crio }: SaidInput['inventory'],
): Written {
  const crioFacts = valueOf(crio);
  if (target?.kind === 'containerd') return ofContainerd(files[configPath]);
  if (target?.kind === 'crio' && crioFacts !== undefined) return ofCrio(crioSources(crioFacts, files, []).merged);
  return { binDirs: [], confDir: undefined, image: undefined, pull: undefined };
}

function ofContainerd(file: FileFacts | undefined): Written {
  const parsed = parseToml(file?.exists === true ? file.content : '');
  const config = parsed.ok ? parsed.value : {};
  const schema: Schema = schemaOf(config) < 3 ? 2 : 3;
  const { runtime, images } = criPath(schema);
  const cni = tableAt(config, ...runtime, 'cni');
  const dirs = [...stringsAt(cni, 'bin_dirs'), stringAt(cni, 'bin_dir') ?? ''].filter((dir) => dir !== '');
  return {
    binDirs: dirs,
    confDir: stringAt(cni, 'conf_dir'),
    image:
      schema === 2
        ? stringAt(tableAt(config, ...images), 'sandbox_image')
        : stringAt(tableAt(config, ...images, 'pinned_images'), 'sandbox'),
    pull: duration(stringAt(tableAt(config, ...images), 'image_pull_progress_timeout')),
  };
}

function ofCrio(config: TomlTable): Written {
  const network = tableAt(config, 'crio', 'network');
  const image = tableAt(config, 'crio', 'image');
  return {
    binDirs: stringsAt(network, 'plugin_dirs').filter((dir) => dir !== ''),
    confDir: stringAt(network, 'network_dir'),
    image: stringAt(image, 'pause_image'),
    pull: duration(stringAt(image, 'pull_progress_timeout')),
  };
}

/** Zero is that there is none. */
function duration(text: string | undefined): string | undefined {
  const milliseconds = parseGoDuration(text ?? '') ?? 0;
  return milliseconds === 0 ? undefined : formatGoDuration(milliseconds);
}
