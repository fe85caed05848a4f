import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;
const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');

/** The first fenced block of a section. */
function block(section: string): string {
  const [, rest = ''] = page.split(`## ${section}\n`);
  return /```\w+\n([\s\S]*?)```/.exec(rest)?.[1] ?? '';
}

const POD = `apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  containers:
  - name: build
    image: example.com/build:1
    volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]
  volumes:
  - name: sock
    hostPath: {path: /var/run/docker.sock}
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ci-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/migrate'), `#!/bin/sh\nexec node ${ROOT}bin/migrate.js "$@"\n`, { mode: 0o755 });
  await mkdir(join(folder, 'repository'));
  await writeFile(join(folder, 'repository/pod.yaml'), POD);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a step as a runner does: a shell in the checkout that stops at the first failure. */
const step = async (script: string): Promise<{ code: number | undefined; stdout: string }> => {
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  const { exitCode, stdout } = await execa('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: join(folder, 'repository'),
    env,
    reject: false,
  });
  return { code: exitCode, stdout };
};
const written = (name: string): Promise<string> => readFile(join(folder, 'repository', name), 'utf8');

describe('docs/ci.md', () => {
  it('has steps for GitHub Actions that fail on a finding and leave what the next steps take', async () => {
    const workflow = load(block('GitHub Actions')) as { jobs: { scan: { steps: { name?: string; run?: string }[] } } };
    const run = (name: string): string => workflow.jobs.scan.steps.find((one) => one.name === name)?.run ?? '';
    const scan = await step(run('Scan'));
    expect(scan.code).toBe(1);
    expect(scan.stdout).toMatch(/^::error file=pod\.yaml,line=11,/m);
    const sarif = JSON.parse(await written('dockershim.sarif')) as { version: string; runs: { results: unknown[] }[] };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
    expect((await step(run('Summary'))).code).toBe(0);
    expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain('docker-sock');
  });

  it('has a job for GitLab', async () => {
    const { dockershim } = load(block('GitLab CI')) as { dockershim: { script: string[] } };
    expect((await step(dockershim.script.at(-1) ?? '')).code).toBe(1);
    const quality = JSON.parse(await written('gl-code-quality-report.json')) as Record<string, unknown>[];
    expect(quality[0]).toMatchObject({ location: { path: 'pod.yaml', lines: { begin: 11 } } });
    expect(await written('dockershim-junit.xml')).toContain('<failure');
    expect(await written('dockershim.html')).toContain('docker.sock');
  });

  it('has a stage for Jenkins', async () => {
    const script = /sh '''\n([\s\S]*?)'''/.exec(block('Jenkins'))?.[1] ?? '';
    expect((await step(script)).code).toBe(1);
    expect(await written('dockershim-junit.xml')).toMatch(/tests="[1-9]/);
    expect(JSON.parse(await written('dockershim.sarif'))).toMatchObject({ version: '2.1.0' });
  });

  it('has annotations and comments that are heard', async () => {
    await writeFile(
      join(folder, 'repository/pod.yaml'),
      POD.replace(
        '{name: builder}',
        '\n  name: builder\n  annotations:\n    dockershim-migrate.io/ignore: docker-sock -- until June',
      ),
    );
    expect((await step('migrate scan . --fail-on error')).code).toBe(0);
    await writeFile(
      join(folder, 'repository/pod.yaml'),
      POD.replace(/(hostPath:.*)/, '$1 # dockershim-migrate: ignore docker-sock -- until June'),
    );
    expect((await step('migrate scan .')).code).toBe(0);
  });

  it('has a configuration that is valid and heard', async () => {
    const config = page.match(/```yaml\n(apiVersion: dockershim-migrate\.io[\s\S]*?)```/)?.[1] ?? '';
    await writeFile(join(folder, 'repository/.dockershim-migrate.yaml'), config);
    expect((await step('migrate scan .')).code).toBe(1);
    await mkdir(join(folder, 'repository/ci'));
    await writeFile(join(folder, 'repository/ci/pod.yaml'), POD);
    await rm(join(folder, 'repository/pod.yaml'));
    expect((await step('migrate scan .')).code).toBe(0);
  });

  it('has a baseline that lets nothing new in', async () => {
    const [write = '', read = ''] = (
      /```sh\n(migrate scan[\s\S]*?)```/.exec(page.split('To begin with')[1] ?? '')?.[1] ?? ''
    ).split('\n');
    expect((await step(write)).code).toBe(0);
    expect((await step(read)).code).toBe(0);
    await writeFile(join(folder, 'repository/pod.yaml'), `# moved\n\n${POD}`);
    expect((await step(read)).code).toBe(0);
    await writeFile(join(folder, 'repository/other.yaml'), POD.replace('builder', 'other'));
    expect((await step(read)).code).toBe(1);
  });
});
