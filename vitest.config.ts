import { defineConfig } from 'vitest/config';

const REAL = ['test/runtimes/**', 'test/hosts/**', 'test/kube/real-*', 'test/servers/**'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...REAL, 'test/lab/**'] } },
      // Real dockerd, containerd, sshd and API servers, each on sockets and ports of its own.
      { test: { name: 'real', include: REAL.map((glob) => (glob.endsWith('**') ? `${glob}/*.test.ts` : `${glob}.test.ts`)), testTimeout: 60_000, hookTimeout: 120_000 } },
      // A cluster of real nodes; one file after the other, since each wants the machine.
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
