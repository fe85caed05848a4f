import type { EventSink } from '../core/events.js';
import type { Clock, CriApi, CriReader, DockerApi, DockerReader, Host, KubeApi, ReadHost } from '../core/ports.js';
import type { AnyStepKind } from '../core/step.js';

/** All that the engine reaches: made in one place, `cli/wire.ts`, and by the tests. */
export interface EngineEnv {
  readonly node: string;
  readonly host: Host;
  /** The same machine without its mutating half. */
  readonly readHost: ReadHost;
  readonly kube: KubeApi | undefined;
  readonly docker: () => Promise<DockerApi>;
  readonly readDocker: () => Promise<DockerReader>;
  readonly cri: (endpoint: string) => Promise<CriApi>;
  readonly readCri: (endpoint: string) => Promise<CriReader>;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly kinds: ReadonlyMap<string, AnyStepKind>;
  readonly signals: EngineSignals;
  /** Who runs this, for the journal: `alice@workstation`. */
  readonly operator: string;
  readonly version: string;
}

/**
 * Asked to stop, the engine stops between two steps of an unguarded phase, or in a wait there. In the dark window it
 * goes on until the node is in the light again, unless it is asked a second time.
 */
export interface EngineSignals {
  readonly stop: AbortSignal;
  readonly stopNow: AbortSignal;
}
