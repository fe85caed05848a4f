import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { criClient } from '../../src/runtimes/cri.js';
import { dockerClient } from '../../src/runtimes/docker.js';

// A socket forwarded over ssh behaves so when nobody listens at its other end.
let directory: string;
let server: Server;
let socketPath: string;
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'hanging-up-'));
  socketPath = path.join(directory, 'socket');
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

it('is an unreachable Docker', async () => {
  await expect(dockerClient(socketPath, 'w1:/run/docker.sock')).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/^Docker at w1:\/run\/docker\.sock: /),
  });
});

it('is an unreachable CRI', async () => {
  await expect(criClient(socketPath, 'unix:///run/containerd/containerd.sock')).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/^the CRI at unix:\/\/\/run\/containerd\/containerd\.sock: Version: /),
  });
});
