import { describe, expect, it } from 'vitest';
import { drainNode, type DrainInput, type Drained } from '../../src/drain/drain-node.js';
import { drainDecisions } from '../../src/drain/drain-decisions.js';
import { apiObjects } from '../fakes/api-objects.js';
import type { FakeApi, FakeRequest } from '../fakes/api-server.js';
import { openClient } from '../kube/open-client.js';
import { virtualClock, type VirtualClock } from './virtual-clock.js';
import { containing, matching } from '../kube/containing.js';

interface Drain {
  readonly api: FakeApi;
  readonly clock: VirtualClock;
  readonly said: string[];
  readonly run: (overrides?: Partial<DrainInput>) => Promise<Drained>;
}

async function aDrain(): Promise<Drain> {
  const { api, client } = await openClient();
  const clock = virtualClock();
  const said: string[] = [];
  return {
    api,
    clock,
    said,
    run: async (overrides = {}) =>
      await drainNode({
        kube: client,
        node: 'node-1',
        decide: (pods, goneDaemonSets) =>
          drainDecisions(pods, { options: { force: false, deleteEmptyDirData: false }, goneDaemonSets }),
        options: { timeoutMs: 600_000 },
        clock,
        signal: new AbortController().signal,
        report: (text) => void said.push(text),
        ...overrides,
      }),
  };
}

const isEviction = ({ path }: FakeRequest, name = ''): boolean => path.endsWith(`${name}/eviction`);
const evictions = (api: FakeApi): FakeRequest[] => api.requests.filter((request) => isEviction(request));
const isGet = ({ method, path }: FakeRequest, name: string): boolean =>
  method === 'GET' && path.endsWith(`/pods/${name}`);

describe('drainNode', () => {
  it('evicts what has to go and leaves what stays, with the grace period asked for', async () => {
    const { api, run, said } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.put('pods', apiObjects.pod('team-a', 'web-1'));
    api.put('pods', apiObjects.pod('team-a', 'elsewhere', { node: 'node-2' }));
    api.put('daemonsets', { metadata: { namespace: 'team-a', name: 'agent' } });
    for (const name of ['agent-1', 'agent-2'])
      api.put('pods', apiObjects.pod('team-a', name, { owner: { kind: 'DaemonSet', name: 'agent' } }));
    const drained = await run({ options: { timeoutMs: 1000, gracePeriodSeconds: 7 } });
    expect(drained.evicted.map(({ name }) => name)).toEqual(['web-0', 'web-1']);
    expect(drained.stayed.map(({ name }) => name)).toEqual(['agent-1', 'agent-2']);
    expect(drained.warnings).toEqual([]);
    expect([...api.objects.pods!.keys()].sort()).toEqual(['team-a/agent-1', 'team-a/agent-2', 'team-a/elsewhere']);
    expect(said).toContain('team-a/web-0 is gone');
    expect(evictions(api)[0]?.body).toMatchObject({ deleteOptions: { gracePeriodSeconds: 7 } });
    expect(api.requests.filter(({ path }) => path.endsWith('/daemonsets/agent'))).toHaveLength(1);
  });

  it('decides everything first: with refusals, nothing is evicted and all are named', async () => {
    const { api, run } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.put('pods', apiObjects.pod('team-a', 'bare', { owner: null }));
    api.put('pods', apiObjects.pod('team-a', 'scratch', { volumes: [{ name: 'tmp', emptyDir: {} }] }));
    api.put('pods', apiObjects.pod('team-a', 'orphan', { owner: { kind: 'DaemonSet', name: 'gone' } }));
    const failure = await run().catch((error: unknown) => error as Error & { hint: string });
    expect(failure).toMatchObject({
      code: 'blocked',
      hint: matching(/--force.*--delete-emptydir-data|--delete-emptydir-data.*--force/s),
    });
    for (const name of ['bare', 'scratch', 'orphan']) expect((failure as Error).message).toContain(`team-a/${name}: `);
    expect(evictions(api)).toHaveLength(0);
  });

  it('waits for a budget and says which, asking every 5 s', async () => {
    const { api, run, said, clock } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0', { labels: { app: 'web' } }));
    const budget = apiObjects.budget('team-a', 'web', { app: 'web' }, { allowed: 0, desired: 2, healthy: 2 });
    api.put('poddisruptionbudgets', budget);
    api.intercept((request) => {
      if (isEviction(request) && evictions(api).length === 10)
        (budget.status as { disruptionsAllowed: number }).disruptionsAllowed = 1;
      return undefined;
    });
    await run();
    expect(said).toEqual([
      'team-a/web-0 waits for budget team-a/web: needs 2 healthy pods, has 2',
      'team-a/web-0 waits for budget team-a/web: needs 2 healthy pods, has 2 (for 30 s)',
      'team-a/web-0 is gone',
    ]);
    expect(clock.elapsed()).toBe(9 * 5000);
  });

  it('comes back when Retry-After says so', async () => {
    const { api, run, clock } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.intercept((request) =>
      isEviction(request) && evictions(api).length === 1
        ? { status: 429, headers: { 'retry-after': '12' }, body: { message: 'too many requests' } }
        : undefined,
    );
    await run();
    expect(clock.elapsed()).toBe(12_000);
  });

  it('has one deadline for all, and names who waits for what', async () => {
    const { api, run, clock } = await aDrain();
    for (const name of ['web-0', 'web-1']) api.put('pods', apiObjects.pod('team-a', name, { labels: { app: 'web' } }));
    api.put('pods', apiObjects.pod('team-a', 'free'));
    api.put(
      'poddisruptionbudgets',
      apiObjects.budget('team-a', 'web', { app: 'web' }, { allowed: 0, desired: 2, healthy: 2 }),
    );
    await expect(run({ options: { timeoutMs: 61_000 } })).rejects.toMatchObject({
      code: 'timeout',
      message:
        'node node-1 was not drained within 61 s; 2 pods are still there: ' +
        'team-a/web-0 waits for budget team-a/web: needs 2 healthy pods, has 2; ' +
        'team-a/web-1 waits for budget team-a/web: needs 2 healthy pods, has 2',
    });
    expect(clock.elapsed()).toBe(61_000);
    expect(api.objects.pods?.has('team-a/free')).toBe(false);
  });

  it('evicts nothing after its deadline', async () => {
    const { api, run, clock } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    await expect(run({ deadline: clock.now() })).rejects.toMatchObject({
      code: 'timeout',
      message: containing('team-a/web-0 was not evicted in time'),
    });
    expect(evictions(api)).toHaveLength(0);
  });

  it('stops at a pod that two budgets select, and names those that are still there', async () => {
    const { api, run } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'twice', { labels: { app: 'web', tier: 'front' } }));
    api.put('pods', apiObjects.pod('team-a', 'slow', { labels: { app: 'slow' } }));
    for (const [name, labels] of Object.entries({
      one: { app: 'web' },
      two: { tier: 'front' },
      full: { app: 'slow' },
    })) {
      api.put('poddisruptionbudgets', apiObjects.budget('team-a', name, labels, { allowed: name === 'full' ? 0 : 1 }));
    }
    await expect(run({ options: { timeoutMs: 0 } })).rejects.toMatchObject({
      code: 'failed',
      message: matching(
        /^node node-1 was not drained: team-a\/twice cannot be evicted: more than one PodDisruptionBudget selects it.*; 1 pod is still there: team-a\/slow /,
      ),
    });
  });

  it('waits for a namespace that ends, until its pods are deleted', async () => {
    const { api, run, said } = await aDrain();
    const pod = apiObjects.pod('ending', 'web-0');
    api.put('pods', pod);
    let looks = 0;
    api.intercept((request) => {
      if (isEviction(request))
        return {
          status: 403,
          body: { message: 'being terminated', details: { causes: [{ reason: 'NamespaceTerminating' }] } },
        };
      if (isGet(request, 'web-0') && ++looks === 2) pod.metadata.deletionTimestamp = '2024-01-01T00:00:00Z';
      if (isGet(request, 'web-0') && looks === 4) api.objects.pods?.clear();
      return undefined;
    });
    await run();
    expect(evictions(api)).toHaveLength(2);
    expect(said).toContain('ending/web-0 waits for its namespace, which is being deleted: being terminated');
    expect(said.at(-1)).toBe('ending/web-0 is gone');
  });

  it('leaves a pod alone that was made anew under the name', async () => {
    const { api, run } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'db-0', { labels: { app: 'db' } }));
    api.put('poddisruptionbudgets', apiObjects.budget('team-a', 'db', { app: 'db' }, { allowed: 0 }));
    api.intercept((request) => {
      if (isEviction(request))
        api.put('pods', apiObjects.pod('team-a', 'db-0', { node: 'node-2', labels: { app: 'db' } }));
      return undefined;
    });
    await run();
    expect(evictions(api)).toHaveLength(1);
    expect(api.objects.pods?.has('team-a/db-0')).toBe(true);
  });

  it('waits until an evicted pod is gone or its name another pod, over failing looks', async () => {
    const { api, run, said, clock } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'db-0'));
    let looks = 0;
    api.intercept((request) => {
      if (isEviction(request)) return { status: 201, body: {} };
      if (!isGet(request, 'db-0')) return undefined;
      looks += 1;
      if (looks === 2) return { status: 503, body: { message: 'restarting' } };
      if (looks === 3) return 'reset';
      if (looks === 5) api.put('pods', apiObjects.pod('team-a', 'db-0', { node: 'node-2' }));
      return undefined;
    });
    await run();
    expect(clock.elapsed()).toBe(4000);
    expect(said[0]).toBe('team-a/db-0 is being deleted, with 30 s to end by itself');
    expect(said[1]).toMatch(/whether it is gone cannot be seen: .*503 restarting$/);
    expect(evictions(api)).toHaveLength(1);
  });

  it('tries again with growing delays when the API server is in trouble', async () => {
    const { api, run, clock } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.intercept((request) => {
      if (!isEviction(request) || evictions(api).length > 7) return undefined;
      return evictions(api).length === 1
        ? 'reset'
        : { status: 500, body: { message: 'etcdserver: request timed out' } };
    });
    await run();
    expect(clock.elapsed()).toBe((1 + 2 + 4 + 8 + 16 + 30 + 30) * 1000);
  });

  it('fails at once when it may not evict, and when it may not look', async () => {
    const { api, run } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.intercept((request) => (isEviction(request) ? { status: 403, body: { message: 'no' } } : undefined));
    await expect(run()).rejects.toMatchObject({
      code: 'failed',
      message: containing('team-a/web-0 cannot be evicted: the API server forbids "create pods/eviction": no'),
    });
    api.intercept((request) =>
      isEviction(request) ? { status: 201, body: {} } : isGet(request, 'web-0') ? { status: 403, body: {} } : undefined,
    );
    await expect(run()).rejects.toMatchObject({
      code: 'failed',
      message: containing('forbids "get pods team-a/web-0"'),
    });
  });

  it('can be interrupted while it waits, and says what is left', async () => {
    const { api, run, said } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0', { labels: { app: 'web' } }));
    api.put(
      'poddisruptionbudgets',
      apiObjects.budget('team-a', 'web', { app: 'web' }, { allowed: 0, desired: 2, healthy: 2 }),
    );
    const interrupt = new AbortController();
    const report = (text: string): void => {
      said.push(text);
      if (said.length === 2) interrupt.abort();
    };
    await expect(run({ options: { timeoutMs: 0 }, signal: interrupt.signal, report })).rejects.toMatchObject({
      code: 'interrupted',
      message:
        'the drain of node node-1 was interrupted; 1 pod is still there: team-a/web-0 waits for budget team-a/web: needs 2 healthy pods, has 2',
    });
  });

  it('does not wait for an answer that is outstanding when it is interrupted', async () => {
    const { api, run } = await aDrain();
    for (let index = 0; index < 30; index++) api.put('pods', apiObjects.pod('team-a', `web-${index}`));
    const interrupt = new AbortController();
    let asked = 0;
    api.intercept((request) => {
      if (!isEviction(request)) return undefined;
      if (++asked === 20) interrupt.abort();
      return 'hang';
    });
    await expect(run({ signal: interrupt.signal })).rejects.toMatchObject({
      code: 'interrupted',
      message: containing('30 pods are still there: '),
    });
    // Twenty at a time, and none after the interruption.
    expect(evictions(api)).toHaveLength(20);
    await expect(run({ signal: interrupt.signal })).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('evicts a hundred pods, all gone', async () => {
    const { api, run } = await aDrain();
    for (let index = 0; index < 110; index++) api.put('pods', apiObjects.pod('team-a', `web-${index}`));
    expect((await run()).evicted).toHaveLength(110);
    expect(api.objects.pods?.size).toBe(0);
  });

  it('warns of pods that came in spite of the cordon', async () => {
    const { api, run } = await aDrain();
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.intercept((request) => {
      if (isGet(request, 'web-0')) api.put('pods', apiObjects.pod('team-a', 'web-1'));
      return undefined;
    });
    expect((await run()).warnings).toEqual([containing('team-a/web-1: it came to the node in spite of the cordon')]);
  });
});

describe('drainNode and volumes', () => {
  const withVolumes = async (): Promise<Drain> => {
    const drain = await aDrain();
    const { api } = drain;
    const claim = (claimName: string) => [{ name: 'data', persistentVolumeClaim: { claimName } }];
    api.put('daemonsets', { metadata: { namespace: 'team-a', name: 'agent' } });
    api.put('pods', apiObjects.pod('team-a', 'db-0', { volumes: claim('data-db-0') }));
    api.put(
      'pods',
      apiObjects.pod('team-a', 'agent-1', { owner: { kind: 'DaemonSet', name: 'agent' }, volumes: claim('agent') }),
    );
    for (const name of ['data-db-0', 'agent']) {
      api.put('persistentvolumeclaims', {
        metadata: { namespace: 'team-a', name },
        spec: { volumeName: `pv-${name}` },
      });
      api.put('volumeattachments', apiObjects.attachment(`csi-${name}`, 'node-1', `pv-${name}`));
    }
    return drain;
  };
  const isAttachments = ({ path }: FakeRequest): boolean => path.endsWith('/volumeattachments');

  it('waits until those of the evicted pods are detached, and not for those of pods that stay', async () => {
    const { api, run, said } = await withVolumes();
    let looks = 0;
    api.intercept((request) => {
      if (isAttachments(request) && ++looks === 4) api.objects.volumeattachments?.delete('csi-data-db-0');
      return undefined;
    });
    await run();
    expect(said).toContain('node node-1 waits for a volume to be detached: csi-data-db-0');
    expect(looks).toBe(4);
  });

  it('gives up after five minutes with their names', async () => {
    const { run, clock } = await withVolumes();
    await expect(run()).rejects.toMatchObject({
      code: 'timeout',
      message: 'node node-1 is drained, but still waits for a volume to be detached: csi-data-db-0',
    });
    expect(clock.elapsed()).toBe(300_000);
  });

  it('keeps to the deadline of the drain', async () => {
    const { run, clock } = await withVolumes();
    await expect(run({ options: { timeoutMs: 30_000 } })).rejects.toMatchObject({ code: 'timeout' });
    expect(clock.elapsed()).toBe(30_000);
  });

  it('evicts nothing when it may not see them', async () => {
    const { api, run } = await withVolumes();
    api.intercept((request) => (isAttachments(request) ? { status: 403, body: { message: 'no' } } : undefined));
    await expect(run()).rejects.toMatchObject({
      code: 'denied',
      message: containing('list volumeattachments'),
    });
    expect(evictions(api)).toHaveLength(0);
  });
});
