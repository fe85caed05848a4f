import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanReport } from '../../src/core/scan-report.js';

const MIGRATE = new URL('../../bin/migrate.js', import.meta.url).pathname;
const MEGABYTE = 2 ** 20;

/** GNU time tells the peak of a process's memory. */
const TIME = '/usr/bin/time';
const MEASURED = existsSync(TIME);

/** What a scan of all of it may take; a second or two for each of the large ones, and the machine may be busy. */
const LIMIT_SECONDS = 100;
const LIMIT_MB = 600;

const GOOD = `apiVersion: v1
kind: Pod
metadata: {name: good}
spec:
  containers: [{name: c, image: x, volumeMounts: [{name: s, mountPath: /s}]}]
  volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]
`;

let folder: string;
let report: ScanReport;
let cpuSeconds: number;
let maxMb: number;

beforeAll(async () => {
  if (!MEASURED) return;
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  write('long-line.yaml', `a: "${'docker '.repeat((50 * MEGABYTE) / 7)}"`);
  write('long-line.json', `{"a": ["${'docker run x; '.repeat(MEGABYTE)}"]}`);
  write('long-script', `docker ps; ${'docker ps; '.repeat(MEGABYTE)}`);
  write('quotes', `docker ${'"'.repeat(5 * MEGABYTE)}`);
  write('shifts', `docker ${'tee -a << '.repeat(MEGABYTE / 2)}`);
  write('brackets.yaml', `docker: ${'['.repeat(10_000)}${']'.repeat(10_000)}`);
  write('brackets.json', `{"docker": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
  const nine = (one: string): string => `[${Array.from({ length: 9 }, () => one).join(', ')}]`;
  const levels = Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} ${nine(at === 0 ? 'docker' : `*a${at - 1}`)}`);
  write('bomb.yaml', levels.join('\n'));
  write('zz-good.yaml', GOOD);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('loop', join(folder, 'loop'));
  symlinkSync('.', join(folder, 'self'));
  symlinkSync('/proc/self/mem', join(folder, 'unreadable'));

  const argv = ['-f', 'cost %U %S %M', process.execPath, MIGRATE, 'scan', folder, '--format', 'json'];
  const { stdout, stderr } = await execa(TIME, argv, { reject: false, cwd: folder, maxBuffer: 1 << 28 });
  report = JSON.parse(stdout) as ScanReport;
  const [, user, system, kilobytes] = /cost (\S+) (\S+) (\d+)/.exec(stderr) ?? [];
  cpuSeconds = Number(user) + Number(system);
  maxMb = (Number(kilobytes) * 1024) / 1e6;
}, 300_000);
afterAll(() => {
  if (MEASURED) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!MEASURED)(`a folder of hostile files${MEASURED ? '' : ` (skipped: there is no ${TIME})`}`, () => {
  it('does not hide what is in the next one', () => {
    const found = report.findings.filter(({ file }) => file === 'zz-good.yaml');
    expect(found.map(({ ruleId, line }) => [ruleId, line])).toContainEqual(['docker-sock', 6]);
  });

  it('is told of, each file that was not scanned in full', () => {
    const told = Object.fromEntries(report.errors.map(({ subject, message }) => [subject, message]));
    expect(told).toMatchObject({
      'long-line.yaml': expect.stringContaining('longer than 32 MiB'),
      'brackets.yaml': expect.stringContaining('nested'),
      'brackets.json': expect.stringContaining('nested'),
      'bomb.yaml': expect.stringContaining('too many values'),
      pipe: expect.stringContaining('FIFO'),
      dangling: expect.stringContaining('link to nothing'),
      loop: expect.stringContaining('back to itself'),
      self: expect.stringContaining('contains it'),
      unreadable: expect.stringContaining('could not be read'),
    });
  });

  it('takes a bounded time and memory', () => {
    expect(cpuSeconds).toBeLessThan(LIMIT_SECONDS);
    expect(maxMb).toBeLessThan(LIMIT_MB);
  });
});
