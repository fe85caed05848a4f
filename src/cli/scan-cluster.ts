import { helmRelease } from '../collect/helm-release.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { ObjectLister } from '../core/ports.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import { clusterLists, CUSTOM_RESOURCE_DEFINITIONS, listPath, type ClusterList } from '../scan/cluster-lists.js';
import { customList } from '../scan/custom-lists.js';
import type { Found } from '../scan/found.js';
import { liveObject } from '../scan/live-object.js';
import { ownerLedger } from '../scan/owner-ledger.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanText } from '../scan/scan-file.js';
import { scanLive } from '../scan/scan-live.js';

export interface ClusterScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  readonly objects: number;
  readonly pods: number;
  readonly nodes: number;
}

export interface ClusterToScan {
  readonly cluster: ObjectLister;
  readonly secrets: boolean;
  readonly helmReleases: boolean;
  /** `pods` and how many of them so far. */
  readonly progress: (resource: string, count: number) => void;
}

const ENDED = new Set(['Succeeded', 'Failed']);

/**
 * Scans what people wrote (controllers and templates, also those that run nothing now) and what runs (pods, to which
 * webhooks may have added something), one list a kind. A kind that may not be listed is told, and the rest goes on.
 */
export async function scanCluster(
  { cluster, secrets, helmReleases, progress }: ClusterToScan,
  context: ScanContext,
): Promise<ClusterScan> {
  const ledger = ownerLedger();
  const undecided: ScanUndecided[] = [];
  const errors: ScanError[] = [];
  const released: Found[] = [];
  const counts = { objects: 0, pods: 0, nodes: 0 };

  const take = (item: unknown, list: ClusterList, version: string): void => {
    const object = liveObject(item, list.kind);
    counts.objects += 1;
    if (list.kind === 'Node') counts.nodes += 1;
    if (list.kind === 'Secret' && !secrets) return takeRelease(item);
    if (list.kind === 'Pod') {
      counts.pods += 1;
      if (ENDED.has(phaseOf(item))) return;
    }
    const apiVersion = list.group === '' ? version : `${list.group}/${version}`;
    const { found, limits } = scanLive({ apiVersion, kind: list.kind, ...(item as object) }, object.ref, context);
    for (const why of limits) errors.push({ subject: subjectOf(object.ref), message: why });
    if (list.kind === 'Pod') ledger.addPod(object, found);
    else ledger.addObject(object, found);
    if (list.kind === 'Secret' || list.kind === 'ConfigMap') takeRelease(item);
  };

  const takeRelease = (item: unknown): void => {
    if (!helmReleases) return;
    const release = helmRelease(item);
    if (release === undefined) return;
    const { namespace, name, version, manifest } = release;
    const scan = scanText(`helm:${namespace}/${name}.v${version}`, manifest, context);
    released.push(...scan.found);
    errors.push(...scan.errors);
  };

  const read = async (list: ClusterList, each: (item: unknown, version: string) => void): Promise<void> => {
    let count = 0;
    try {
      const version = await firstServed(list, async (at) => {
        for await (const items of cluster.pages(listPath(list, at), list.resource)) {
          for (const item of items) each(item, at);
          progress(list.resource, (count += items.length));
        }
      });
      if (version === undefined) return;
    } catch (error) {
      // Without an answer from the server there is no scan; of a single kind the report can tell.
      if (!(error instanceof MigrateError) || error.code === 'bug') throw error;
      if (list.kind === 'Pod' && error.code === 'unreachable') throw error;
      undecided.push({
        subject: list.group === '' ? list.resource : `${list.resource}.${list.group}`,
        why: messageOf(error),
      });
    }
  };

  for (const list of clusterLists({ secrets: secrets || helmReleases })) {
    await read(list, (item, version) => take(item, list, version));
  }
  const custom: ClusterList[] = [];
  await read(CUSTOM_RESOURCE_DEFINITIONS, (definition) => {
    const list = customList(definition);
    if (list !== undefined) custom.push(list);
  });
  for (const list of custom) await read(list, (item, version) => take(item, list, version));

  return { found: [...ledger.settle(), ...released], undecided, errors, ...counts };
}

/** Reads a list in its newest version that the server has; undefined when it has none, such as policies after 1.25. */
async function firstServed(list: ClusterList, read: (version: string) => Promise<void>): Promise<string | undefined> {
  for (const version of list.versions) {
    try {
      await read(version);
      return version;
    } catch (error) {
      if (!(error instanceof MigrateError) || error.code !== 'not-found') throw error;
    }
  }
  return undefined;
}

const phaseOf = (item: unknown): string => (item as { status?: { phase?: string } } | null)?.status?.phase ?? '';

const subjectOf = ({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string =>
  [kind, namespace, name].filter((part) => part !== undefined).join('/');
