import { describe, expect, it } from 'vitest';
import { collectCriDockerd } from '../../src/collect/cri-dockerd.js';
import type { ReadHost } from '../../src/core/ports.js';

const host = (answers: Readonly<Record<string, string>>): ReadHost =>
  ({
    name: 'w1',
    query: (argv: readonly string[]) => {
      const stdout = answers[argv.join(' ')];
      return Promise.resolve(
        stdout === undefined ? { code: 127, stdout: '', stderr: 'not found' } : { code: 0, stdout: '', stderr: stdout },
      );
    },
  }) as unknown as ReadHost;
const service = (execStart: string) => Promise.resolve({ execStart, environment: {}, environmentFiles: [] });

describe('collectCriDockerd', () => {
  it('asks the binary that the unit starts for its version', async () => {
    const execStart = '/opt/bin/cri-dockerd --container-runtime-endpoint fd://';
    const facts = await collectCriDockerd(
      host({ '/opt/bin/cri-dockerd --version': 'cri-dockerd 0.3.4 (e88b1605)\n' }),
      service(execStart),
    );
    expect(facts).toEqual({ binary: '/opt/bin/cri-dockerd', version: '0.3.4', unit: 'cri-docker.service', execStart });
  });

  it('finds one that no unit starts, and says so', async () => {
    const facts = await collectCriDockerd(host({ 'cri-dockerd --version': 'cri-dockerd 0.2.6\n' }), service(''));
    expect(facts).toMatchObject({ binary: 'cri-dockerd', version: '0.2.6', unit: undefined });
  });

  it('fails where there is none, or it says no version', async () => {
    await expect(collectCriDockerd(host({}), service(''))).rejects.toMatchObject({
      code: expect.any(String) as string,
    });
    await expect(collectCriDockerd(host({ 'cri-dockerd --version': 'what?' }), service(''))).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('what?') as string,
    });
  });
});
