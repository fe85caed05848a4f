import type { z } from 'zod';
import type { Outcome } from '../../core/conversion.js';
import type { DockerFacts, FileFacts } from '../../core/inventory.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import type { Version } from '../version.js';

/** What a setting's meaning may hang on besides its value. */
export interface SettingContext {
  readonly target: RuntimeTarget;
  /** Undefined where no kubelet is known. */
  readonly kubelet: Version | undefined;
  /** The kubelet's `--network-plugin`: pods are on Docker's own network where it is empty or `kubenet`. */
  readonly networkPlugin: 'cni' | 'kubenet' | '' | undefined;
  /** What Docker itself says, where it was asked. */
  readonly docker: DockerFacts | undefined;
  /** Docker's containers are in the containerd that the node is to move to, which then keeps its root. */
  readonly sharesContainerd: boolean;
  /** Of the node, by path. */
  readonly files: Readonly<Record<string, FileFacts>>;
}

/** What becomes of one setting, or of one part of it. */
export interface SettingReading {
  /** After the rule's key: `.max-size`, `.nvidia`; empty for the whole. */
  readonly part: string;
  /** The value of the part. */
  readonly value: unknown;
  readonly outcome: Outcome;
  /** File and key: `/etc/containerd/config.toml max_concurrent_downloads`; empty where nothing takes it over. */
  readonly target: string;
  /** The consequence for pods, or for whoever runs the node: one sentence without a full stop. */
  readonly note: string;
  /** What to do; for warnings and refusals. */
  readonly fix?: string;
  readonly intent?: (intent: RuntimeIntent) => RuntimeIntent;
}

/** What there is to say of a key on a target, for `docs/configuration.md`. */
export interface SettingDoc {
  readonly outcome: Outcome;
  /** Where it goes, or what is lost: a phrase. */
  readonly becomes: string;
}

/** One key of daemon.json, which is also a flag of dockerd. */
export interface SettingRule<T> {
  /** As daemon.json spells it; dockerd itself does not mind the case. */
  readonly key: string;
  /** Flags of dockerd that say the same, without dashes: `H`, `host`. */
  readonly flags: readonly string[];
  /** Versions of Docker: `20.10`; undefined for always. */
  readonly since?: string;
  readonly until?: string;
  readonly type: z.ZodType<T>;
  /** The values of its flags, in their order, as daemon.json would have them; undefined where it cannot be a flag. */
  readonly fromFlags: ((values: readonly string[]) => unknown) | undefined;
  /** What it does for Docker: a phrase. */
  readonly what: string;
  readonly docs: Readonly<Record<'containerd' | 'crio', SettingDoc>>;
  /** Why: for the documentation; with what dockershim did with it. */
  readonly why: string;
  /** At least one reading. */
  readonly read: (value: T, context: SettingContext) => readonly SettingReading[];
}

/** A rule whose types were checked where it was defined, for lists of rules. */
export type AnySettingRule = SettingRule<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- existential type
