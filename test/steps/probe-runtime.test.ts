import { describe, expect, it } from 'vitest';
import { PART } from '../../src/config/parity/probe-script.js';
import type { CriApi } from '../../src/core/ports.js';
import type { ActContext } from '../../src/core/step.js';
import { probeRuntime } from '../../src/steps/probe-runtime.js';

const ENDPOINT = 'unix:///run/x.sock';
const request = {
  ...{ name: 'parity', namespace: 'mine', uid: 'u', logDirectory: '/l', hostNetwork: false },
  cgroupParent: '/kubepods',
};

/** A runtime whose kubelet stops the first `stopped` sandboxes while they are looked at. */
function world(stopped: number) {
  let made = 0;
  let alive: { id: string; namespace: string; ready: boolean }[] = [];
  const removed: string[] = [];
  const cri = {
    facts: () => Promise.resolve({ sandboxes: alive }),
    runPod: () => {
      made += 1;
      alive = [{ id: `s${made}`, namespace: 'mine', ready: made > stopped }];
      return Promise.resolve({ sandboxId: `s${made}`, containerId: `c${made}`, ip: '', milliseconds: 1 });
    },
    container: (id: string) => Promise.resolve({ id, pid: 42, logPath: '' }),
    removeSandbox: (id: string) => {
      alive = [];
      removed.push(id);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  } as unknown as CriApi;
  const act = {
    signal: new AbortController().signal,
    cri: () => Promise.resolve(cri),
    host: {
      makeDirectory: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      run: () => Promise.resolve({ code: 0, stdout: outputOf(made), stderr: '' }),
    },
  } as unknown as ActContext;
  return { act, removed, made: () => made };
}
/** No more than it takes to be complete, and the hostname to know one probe from another. */
const outputOf = (pod: number): string => `\n${PART}hostname\np${pod}\n\n${PART}end\n`;

describe('probeRuntime', () => {
  it.each([0, 1, 3])(
    'does not believe what it saw in a sandbox that was stopped meanwhile, %i times',
    async (stopped) => {
      const { act, removed } = world(stopped);
      const facts = await probeRuntime(act, { endpoint: ENDPOINT, image: 'pause', request });
      expect(facts['hostname']).toBe(`p${stopped + 1}`);
      expect(removed).toEqual(Array.from({ length: stopped + 1 }, (_, index) => `s${index + 1}`));
    },
  );

  it('gives up in the end, and leaves nothing', async () => {
    const { act, removed, made } = world(100);
    const probe = probeRuntime(act, { endpoint: ENDPOINT, image: 'pause', request });
    await expect(probe).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(ENDPOINT) as string });
    expect(removed).toHaveLength(made());
  });
});
