import type { ParityReport } from '../core/parity.js';
import type { MigrateOptions } from '../core/plan.js';
import type { ActContext, ReadContext } from '../core/step.js';
import type { EngineEnv } from './engine-env.js';
import type { JournalFile } from './journal-file.js';

interface ContextInput {
  readonly env: EngineEnv;
  readonly options: MigrateOptions;
  readonly contents: Readonly<Record<string, string>>;
  readonly journal: Pick<JournalFile, 'keep' | 'kept'>;
  readonly signal: AbortSignal;
  readonly report: (progress: string) => void;
  readonly warn: (sentence: string) => void;
  readonly parity: (report: ParityReport) => void;
}

/** What a step gets to look with, and what it gets to act with. */
export function contexts({ env, options, contents, journal, signal, report, warn, parity }: ContextInput): {
  read: ReadContext;
  act: ActContext;
} {
  const shared = {
    node: env.node,
    options,
    clock: env.clock,
    signal,
    keep: journal.keep,
    kept: journal.kept,
    report,
    warn,
    parity,
    content: (sha256: string): string => {
      const content = contents[sha256];
      if (content === undefined) throw new Error(`the plan has no content ${sha256}`);
      return content;
    },
  };
  return {
    read: { ...shared, host: env.readHost, kube: env.kube, docker: env.readDocker, cri: env.readCri },
    act: { ...shared, host: env.host, kube: env.kube, docker: env.docker, cri: env.cri },
  };
}
