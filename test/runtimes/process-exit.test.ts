import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { dockerAnswers } from './docker-fixtures.js';
import { fakeCri } from './fake-cri.js';
import { fakeDocker } from './fake-docker.js';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** A process that uses both clients, has a call under way on each that is never answered, closes both, and does no more. */
const PROGRAM = `
import { once } from 'node:events';
import { dockerClient } from './src/runtimes/docker.ts';
import { criClient } from './src/runtimes/cri.ts';
const [dockerSocket, criSocket] = process.argv.slice(1);
const docker = await dockerClient(dockerSocket);
const cri = await criClient(criSocket, 'unix://' + criSocket);
await docker.containers();
const pending = [docker.facts(), docker.layers('sha256:1'), cri.facts()].map((call) => call.catch((error) => error.code));
process.stdout.write('asked');
await once(process.stdin, 'data');
process.stdin.destroy();
await docker.close();
await cri.close();
process.stdout.write(JSON.stringify(await Promise.all(pending)));
`;

it('leaves nothing that keeps the process alive after close()', async () => {
  let arrived = 0;
  let allArrived: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (allArrived = resolve));
  const hang = (): void => {
    if (++arrived === 3) allArrived();
  };
  const docker = await fakeDocker({
    version: { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
    from: '1.44',
    to: '1.52',
    routes: { ...dockerAnswers.of1_52, 'GET /info': hang, 'GET /images/sha256:1/json': hang },
  });
  const cri = await fakeCri(['runtime.v1'], {
    ListImages: () => {
      hang();
      return new Promise(() => undefined);
    },
  });
  endings.push(
    () => docker.stop(),
    () => cri.stop(),
  );
  const child = execa(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, docker.socketPath, cri.socketPath],
    {
      timeout: 30_000,
      stdin: 'pipe',
    },
  );
  await all;
  child.stdin.write('go');
  const { stdout } = await child;
  expect(stdout).toBe('asked["interrupted","interrupted","interrupted"]');
}, 40_000);
