import type { ParityReport } from '../core/parity.js';

/** Where a node stands, from the cluster and from the journal on the node, whichever answered. */
export interface NodeStatus {
  readonly node: string;
  /** Whether the host answered: without it nothing is known of a migration. */
  readonly reachable: boolean;
  /** Why the host or the API server did not answer. */
  readonly why?: string;
  /** As the Node says it: `docker://20.10.24`. */
  readonly runtime?: string;
  readonly ready?: boolean;
  readonly schedulable?: boolean;
  /** The newest one; undefined when the node was never migrated. */
  readonly migration?: MigrationStatus;
  /** How containers of the new runtime compared with Docker's, where that was proved. */
  readonly parity?: ParityReport;
}

export interface MigrationStatus {
  readonly planId: string;
  readonly outcome: 'open' | 'migrated' | 'rolled-back' | 'needs-hands';
  readonly phase?: string;
  /** Title of the step that runs, or ran last. */
  readonly step?: string;
  /** RFC 3339. */
  readonly since: string;
  readonly lastFailure?: string;
  /** A rollback has begun: there is no going on any more. */
  readonly rollingBack: boolean;
  /** The node goes back by itself when the operator's end stays silent. */
  readonly guardArmed: boolean;
  readonly nodeRolledBackByItself: boolean;
}
