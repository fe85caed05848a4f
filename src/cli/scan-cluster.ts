import { helmRelease } from '../collect/helm-release.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { ObjectRef } from '../core/finding.js';
import type { ObjectLister } from '../core/ports.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import {
  clusterLists,
  CUSTOM_RESOURCE_DEFINITIONS,
  type ClusterChoice,
  type ClusterList,
} from '../scan/cluster-lists.js';
import { customList } from '../scan/custom-lists.js';
import type { Found } from '../scan/found.js';
import { liveObject } from '../scan/live-object.js';
import { ownerLedger } from '../scan/owner-ledger.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanLive } from '../scan/scan-live.js';
import { scanRelease } from '../scan/scan-release.js';
import { withReleases } from '../scan/with-releases.js';
import { readList } from './read-list.js';

export interface ClusterScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  readonly objects: number;
  readonly pods: number;
  readonly nodes: number;
}

export interface ClusterToScan extends ClusterChoice {
  readonly cluster: ObjectLister;
  /** `pods` and how many of them so far. */
  readonly progress: (resource: string, count: number) => void;
}

const ENDED = new Set(['Succeeded', 'Failed']);

/**
 * Scans what people wrote (controllers and templates, also those that run nothing now) and what runs (pods, to which
 * webhooks may have added something), one list a kind. A kind that may not be listed is told, and the rest goes on.
 * Errors: the first list's, when there is none that could be read.
 */
export async function scanCluster(
  { cluster, secrets, helmReleases, progress }: ClusterToScan,
  context: ScanContext,
): Promise<ClusterScan> {
  const ledger = ownerLedger();
  const released: Found[] = [];
  const errors: ScanError[] = [];
  const counts = { objects: 0, pods: 0, nodes: 0 };

  const take = (item: unknown, { kind, group }: ClusterList, version: string): void => {
    const object = liveObject(item, kind);
    counts.objects += 1;
    if (kind === 'Node') counts.nodes += 1;
    if (kind === 'Pod') {
      counts.pods += 1;
      if (ENDED.has(phaseOf(item))) return;
    }
    if (helmReleases && (kind === 'Secret' || kind === 'ConfigMap')) takeRelease(item, object.ref);
    if (kind === 'Secret' && !secrets) return;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const { found, limits } = scanLive({ apiVersion, kind, ...(item as object) }, object.ref, context);
    for (const message of limits) errors.push({ subject: subjectOf(object.ref), message });
    if (kind === 'Pod') ledger.addPod(object, found);
    else ledger.addObject(object, found);
  };

  const takeRelease = (item: unknown, ref: ObjectRef): void => {
    const release = helmRelease(item);
    if (release === undefined) return;
    if ('unreadable' in release) errors.push({ subject: subjectOf(ref), message: release.unreadable });
    else {
      const scan = scanRelease(release, context);
      released.push(...scan.found);
      errors.push(...scan.errors);
    }
  };

  const reader = listReader(cluster, progress);
  for (const list of clusterLists({ secrets, helmReleases })) {
    await reader.read(list, (item, version) => take(item, list, version));
  }
  const custom: ClusterList[] = [];
  await reader.read(CUSTOM_RESOURCE_DEFINITIONS, (definition) => {
    const list = customList(definition);
    if (list !== undefined) custom.push(list);
  });
  for (const list of custom) await reader.read(list, (item, version) => take(item, list, version));

  return { found: withReleases(ledger.settle(), released), undecided: reader.undecided(), errors, ...counts };
}

interface ListReader {
  read(list: ClusterList, each: (item: unknown, version: string) => void): Promise<void>;
  /** The lists that could not be read, or not to their end. Errors: why the first could not, when none could. */
  undecided(): readonly ScanUndecided[];
}

function listReader(cluster: ObjectLister, progress: ClusterToScan['progress']): ListReader {
  const failures: { readonly subject: string; readonly error: MigrateError }[] = [];
  let answered = false;
  return {
    async read(list, each) {
      let count = 0;
      try {
        await readList(cluster, list, (items, version) => {
          answered = true;
          for (const item of items) each(item, version);
          progress(list.resource, (count += items.length));
        });
      } catch (error) {
        if (!(error instanceof MigrateError) || error.code === 'bug' || error.code === 'interrupted') throw error;
        // A server that does not answer the first question will not answer the next ones.
        if (error.code === 'unreachable' && !answered && failures.length === 0) throw error;
        failures.push({ subject: list.group === '' ? list.resource : `${list.resource}.${list.group}`, error });
      }
    },
    undecided() {
      const [first] = failures;
      if (!answered && first !== undefined) throw first.error;
      return failures.map(({ subject, error }) => ({ subject, why: messageOf(error) }));
    },
  };
}

const phaseOf = (item: unknown): string => (item as { status?: { phase?: string } } | null)?.status?.phase ?? '';

const subjectOf = ({ kind, namespace, name }: ObjectRef): string =>
  [kind, namespace, name].filter((part) => part !== undefined).join('/');
