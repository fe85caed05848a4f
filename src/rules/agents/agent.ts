import type { ContainerView, PodView } from '../../manifests/views.js';

/** A product that runs in pods and looks at containers, images or logs, and how it is tied to Docker. */
export interface Agent {
  /** In kebab-case. */
  readonly id: string;
  /** As its maker writes it, fit to follow "runs". */
  readonly product: string;
  /**
   * Last segments of repository names, whole ones: `datadog/agent` stands for `registry.example.com/mirror/datadog/agent`, but
   * not for `mycompany/agent`. Up to three segments, lower case.
   */
  readonly images: readonly string[];
  /** Each of the {@link images} holds one of these, seven characters at least; none where {@link whenConfigured}. */
  readonly words?: readonly string[];
  /** What it needs of Docker; fit to follow "which". */
  readonly dependency: string;
  /** Sentences: what to do for the migration, also where a pod of this image mounts Docker's socket. */
  readonly advice: string;
  /** It has no mode without Docker at all. */
  readonly dockerOnly?: true;
  /** The product gets along with any runtime; only its configuration or its mounts, which other rules read, tie it to Docker. */
  readonly whenConfigured?: true;
  /** The version of the image from which on nothing is needed, and a sentence that says why. */
  readonly since?: { readonly version: string; readonly changes: string };
  /** Reads a version out of a tag that is none in itself. */
  readonly versionOf?: (tag: string) => string | undefined;
  /** Arguments that select Docker, each as `--flag=value` even where they are two words. */
  readonly dockerArguments?: readonly DockerArgument[];
  /** Settings of its own by which it uses another runtime; a CRI socket that is mounted or named is looked for anyway. */
  readonly configuredForCri?: (container: ContainerView, pod: PodView) => boolean;
  readonly links: readonly string[];
}

export interface DockerArgument {
  readonly pattern: RegExp;
  /** Nobody else has such a flag: it tells the product whatever the image is called. */
  readonly anyImage?: true;
  /** It does no harm beside the settings of another runtime. */
  readonly unlessCri?: true;
}
