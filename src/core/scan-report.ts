import type { Finding, Severity } from './finding.js';

/** A question that could not be answered: what would have been needed was out of reach. */
export interface ScanUndecided {
  readonly ruleId?: string;
  /** A file, a kind of objects, a node. */
  readonly subject: string;
  /** One sentence without a full stop. */
  readonly why: string;
}

/** Something that should have been scanned and was not, or only in part. */
export interface ScanError {
  readonly subject: string;
  readonly line?: number;
  readonly message: string;
}

export interface ScanSummary {
  /** Without what is suppressed. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byRule: Readonly<Record<string, number>>;
  readonly suppressed: number;
  readonly files: number;
  readonly objects: number;
  readonly pods: number;
  readonly nodes: number;
}

export type TargetRuntime = 'containerd' | 'crio' | 'cri-dockerd';

export interface ScanReport {
  readonly apiVersion: 'dockershim-migrate.io/v1';
  readonly kind: 'ScanReport';
  readonly target: TargetRuntime;
  readonly findings: readonly Finding[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  readonly summary: ScanSummary;
}
