import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

describe('the demo', () => {
  test('goes as it should, and says what it is', { timeout: 60_000 }, async () => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, ['--import', 'tsx', MAIN], {
      env: { DEMO_SPEED: 'max', NO_COLOR: '1' },
      reject: false,
      stdin: 'ignore',
      timeout: 50_000,
    });
    expect(stderr).not.toContain('did not go as it should');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe('THIS IS A SIMULATION: nothing outside this process is touched.');

    expect(stdout).toMatch(/^worker-2 +1\.21\.2 +dockershim +docker:\/\/20\.10\.24 +2 +\d+$/m);
    expect(stdout).toContain('ready to migrate: ');
    expect(stdout).toMatch(/^-KUBELET_KUBEADM_ARGS="--network-plugin=cni /m);
    expect(stdout).toMatch(/^\+KUBELET_KUBEADM_ARGS="--container-runtime=remote /m);
    expect(stdout).toContain('Docker runs 2 containers of the Compose project billing (billing_api_1, billing_db_1)');

    expect(stderr).toMatch(/web-\S+ waits for budget default\/web: /);
    expect(stderr).toContain('worker-1 moved from docker://20.10.24 to containerd://1.6.20.');
    expect(stdout).toContain('Never fewer than 3 of the 4 web pods were ready.');

    expect(stderr).toMatch(/FAILED +wait until the node is Ready on containerd:\/\/ .*the kubelet does not stay up/);
    expect(stderr).toContain('worker-3 is back on docker://20.10.24, as it was before.');

    const status = stdout.slice(stdout.indexOf('$ migrate status'));
    expect(status).toMatch(/^worker-1 +containerd:\/\/1\.6\.20 +Ready +schedulable +done$/m);
    expect(status).toMatch(/^worker-2 +docker:\/\/20\.10\.24 +Ready +schedulable +none$/m);
    expect(status).toMatch(/^worker-3 +docker:\/\/20\.10\.24 +Ready +schedulable +rolled back$/m);
  });
});
