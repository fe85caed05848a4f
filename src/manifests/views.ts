import type { ObjectRef } from '../core/finding.js';
import type { Path, Place } from './place.js';
import type { ShellCommand } from './shell-command.js';
import type { Source } from './source.js';

/** What all views share: whose they are and where they stand. Places in hits are relative to `source`. */
interface View {
  /** The outermost object, as it stands in the cluster or the file; an item of a List or a Template is one of its own. */
  readonly object: ObjectRef;
  /** Of the innermost object around the view: `apps/v1` for a Deployment in a ManifestWork. */
  readonly apiVersion: string;
  /** Of the object and of those inside of it around the view (not of the pod template). */
  readonly annotations: Readonly<Record<string, string>>;
  readonly source: Source;
  readonly path: Path;
}

/** An object with `apiVersion` and `kind`, or a whole document that has none: a values file, a patch, a daemon.json. */
export interface ObjectView extends View {
  readonly value: unknown;
}

/**
 * A pod specification in whatever kind it hides (also Tekton steps, Argo templates, Terraform's snake case), or volumes and
 * mounts that stand alone: Helm values, patches, Jenkins and GitLab runner configuration (`complete: false`).
 */
export interface PodView extends View {
  readonly complete: boolean;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Of the pod template's metadata; the object's own for a Pod. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  readonly volumes: readonly VolumeView[];
  /** Ordinary, init and ephemeral containers, steps and sidecars, in the document's order. */
  readonly containers: readonly ContainerView[];
  /** Every volumeMount whose volume is a hostPath, and those of loose mounts, joined with subPath. */
  readonly mounts: readonly MountView[];
  /** The pod brings its own dockerd: a container of a dind image, or one whose command is dockerd. */
  readonly hasOwnDocker: boolean;
}

export interface VolumeView {
  readonly name: string;
  /** The value at `path`, the hostPath's path. Undefined for any other volume. */
  readonly hostPath: HostPath | undefined;
  /** `hostPath`, `emptyDir`, `configMap`, …; empty when it cannot be told. */
  readonly sourceKind: string;
  /** Of the most telling value: the path's for a hostPath. */
  readonly path: Path;
}

export interface HostPath {
  /** As written. */
  readonly written: string;
  /** One slash, no dots, no trailing slash, `/var/run` as `/run`; Windows paths with backslashes, lower case. */
  readonly normal: string;
  /** `Socket`, `File`, `DirectoryOrCreate`, …; empty when absent. */
  readonly type: string;
}

export interface MountView {
  /** Undefined for a loose mount. */
  readonly container: ContainerView | undefined;
  readonly volume: VolumeView;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** With `subPathExpr`'s variables replaced as far as the container's env tells; undefined when it does not. */
  readonly subPath: string | undefined;
  /** On the host: volume and subPath joined, normalised as {@link HostPath.normal}. */
  readonly hostPath: string;
  /** Of the subPath when there is one, else of the mount's mountPath. */
  readonly path: Path;
}

export interface ContainerView {
  readonly name: string;
  readonly role: 'container' | 'init' | 'ephemeral' | 'step' | 'sidecar';
  /** As written. */
  readonly image: string;
  /** `command` and `args`, each with where it stands. */
  readonly command: readonly Word[];
  readonly args: readonly Word[];
  readonly env: readonly EnvView[];
  readonly ports: readonly number[];
  readonly imagePullPolicy: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

export interface Word {
  readonly text: string;
  readonly path: Path;
}

export interface EnvView {
  readonly name: string;
  /** `$(OTHER)` is left as it is. */
  readonly value: string | undefined;
  /** `status.hostIP`; undefined without a fieldRef. */
  readonly fieldPath: string | undefined;
  /** Of the value where there is one, else of the entry. */
  readonly path: Path;
}

/**
 * `config`: a configuration file's text in any language. `script`: run by a shell. `command`: an argv, its words quoted and
 * joined. `unit`: a systemd unit or drop-in. `environment`: `KEY=value` lines.
 */
export type TextRole = 'config' | 'script' | 'command' | 'crontab' | 'unit' | 'environment' | 'unknown';

/** A text that is no structure, or whose structure is a program's own: a string in a document, or a whole file. */
export interface TextView extends View {
  readonly role: TextRole;
  readonly text: string;
  /** The key it stands under (`fluent.conf`), or the file's name; a hint for messages, not for decisions. */
  readonly key: string;
  /** The pod and the container that run it, for scripts and commands. */
  readonly pod?: PodView;
  readonly container?: ContainerView;
  /** What a shell would run; empty for roles that run nothing. Comments and quoted prose are none. Computed when asked for. */
  commands(): readonly ShellCommand[];
  /** Where a stretch of the text stands in the source; for a `command` the word of the argv that it lies in. */
  at(offset: number, length: number): Place;
}
