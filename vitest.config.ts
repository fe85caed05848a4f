import { defineConfig } from 'vitest/config';

const REAL = ['test/runtimes/**/*.test.ts', 'test/hosts/**/*.test.ts', 'test/kube/real-*.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    minWorkers: 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...REAL, 'test/lab/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real dockerd, containerd, sshd and API servers, each on sockets and ports of its own.
        test: { name: 'real', include: REAL, testTimeout: 60_000, hookTimeout: 120_000, sequence: { groupOrder: 1 } },
      },
      {
        // A cluster of real nodes; one file after the other, since each wants the machine.
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
