import { bringsDockerd } from './container-view-dockerd.js';
import { addMounts, mountEntries, mountView, type MountEntry } from './pod-views-mounts.js';
import { volumeEntries, type VolumeEntry } from './pod-views-volumes.js';
import type { ContainerView, MountView, PodView, VolumeView } from './views.js';

export type PodHead = Pick<PodView, 'object' | 'apiVersion' | 'annotations' | 'source'>;

const NO_MOUNTS: readonly MountView[] = [];

/**
 * A pod whose parts are still being found: its volumes and containers may stand far apart. What is made of them is made when it
 * is asked for, once all are there. A class, because a cluster has many pods and closures for each of them cost more than all else.
 */
export class PodDraft implements PodView {
  readonly object: PodView['object'];
  readonly apiVersion: string;
  readonly annotations: PodView['annotations'];
  readonly source: PodView['source'];
  readonly volumes: VolumeView[] = [];
  readonly containers: ContainerView[] = [];
  private looseMounts: MountEntry[] | undefined;
  /** Those that stand in a volume. */
  private ownMounts: MountView[] | undefined;
  private joined: PodView['spec'][] | undefined;
  private dockerBrought = false;
  private knownMounts: readonly MountView[] | undefined;

  constructor(
    head: PodHead,
    readonly path: PodView['path'],
    readonly spec: PodView['spec'],
    readonly podAnnotations: PodView['podAnnotations'],
    private readonly whole: boolean,
    private readonly outer: PodDraft | undefined,
  ) {
    this.object = head.object;
    this.apiVersion = head.apiVersion;
    this.annotations = head.annotations;
    this.source = head.source;
  }

  get complete(): boolean {
    return this.whole && this.containers.some((container) => container.image !== '');
  }

  get hostNetwork(): boolean {
    return usesHostNetwork(this.spec) || this.joined?.some(usesHostNetwork) === true;
  }

  get hasOwnDocker(): boolean {
    return this.dockerBrought || this.containers.some(bringsDockerd);
  }

  get mounts(): readonly MountView[] {
    return (this.knownMounts ??= this.findMounts());
  }

  add({ volume, mount }: VolumeEntry): void {
    this.volumes.push(volume);
    if (mount === undefined || volume.hostPath === undefined) return;
    const hostPath = volume.hostPath.normal;
    (this.ownMounts ??= []).push({ ...mount, container: undefined, volume, subPath: undefined, hostPath });
  }

  /** `volumes` of a step as Docker takes them: `host:container`. */
  addBinds(binds: readonly unknown[], path: PodView['path']): void {
    for (const entry of volumeEntries(binds, path, true)) if (entry.volume.hostPath !== undefined) this.add(entry);
  }

  /** `volumeMounts` that stand in no container. */
  addLooseMounts(value: unknown, path: PodView['path']): void {
    addMounts((this.looseMounts ??= []), value, path);
  }

  /** Another mapping with containers of the same pod. */
  join(spec: PodView['spec']): void {
    if (spec !== this.spec) (this.joined ??= []).push(spec);
  }

  /** A dockerd that is told of in other words than a container. */
  bringDocker(): void {
    this.dockerBrought = true;
  }

  /** Nothing was found that anyone could ask for. */
  isEmpty(): boolean {
    return this.containers.length === 0 && this.looseMounts === undefined && !this.volumes.some(isHostPath);
  }

  private findMounts(): readonly MountView[] {
    if (!this.reachesHost()) return NO_MOUNTS;
    const mounts: MountView[] = [];
    for (const container of this.containers) {
      for (const entry of mountEntries(container.value, container.path)) this.mount(mounts, entry, container);
    }
    for (const entry of this.looseMounts ?? []) this.mount(mounts, entry, undefined);
    return this.ownMounts === undefined ? mounts : [...mounts, ...this.ownMounts];
  }

  private mount(mounts: MountView[], entry: MountEntry, container: ContainerView | undefined): void {
    const volume = this.volumeNamed(entry.name);
    if (volume?.hostPath !== undefined) mounts.push(mountView(entry, volume, container));
  }

  /** Its own or an outer group's: an Argo template mounts the volumes of its workflow, too. */
  private volumeNamed(name: string): VolumeView | undefined {
    return this.volumes.find((volume) => volume.name === name) ?? this.outer?.volumeNamed(name);
  }

  private reachesHost(): boolean {
    return this.volumes.some(isHostPath) || this.outer?.reachesHost() === true;
  }
}

function isHostPath(volume: VolumeView): boolean {
  return volume.hostPath !== undefined;
}

function usesHostNetwork(spec: PodView['spec']): boolean {
  return (spec.hostNetwork ?? spec.host_network) === true;
}
