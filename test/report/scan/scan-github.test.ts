import { describe, expect, it } from 'vitest';
import { scanGithub } from '../../../src/report/scan/scan-github.js';
import type { ScanReport } from '../../../src/core/scan-report.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { steering } from '../poisoned.js';

const unescaped = (text: string): string =>
  text.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** As GitHub's runner reads a line: the first `::` ends the properties, `,` parts them. */
function commandsOf(report: ScanReport) {
  const lines = scanGithub(report, SAMPLE_RULES).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const [, name = '', properties = '', message = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
    const pairs = properties
      .split(',')
      .map((pair) => [pair.split('=')[0], unescaped(pair.slice(pair.indexOf('=') + 1))]);
    return { name, properties: Object.fromEntries(pairs) as Record<string, string>, message: unescaped(message) };
  });
}

describe('scanGithub', () => {
  it('reads as the golden file', async () => {
    await expect(scanGithub(scanReport(), SAMPLE_RULES)).toMatchFileSnapshot('../../golden/report/scan/github.txt');
  });

  it('points at the place, with columns only where they are on one line', () => {
    expect(commandsOf(scanReportOf([finding()]))).toEqual([
      {
        name: 'error',
        properties: {
          file: 'web.yaml',
          line: '3',
          endLine: '3',
          col: '5',
          endColumn: '25',
          title: 'The Docker socket is mounted (docker-sock)',
        },
        message:
          'Volume docker mounts the Docker socket, which is gone with Docker.\nPod default/web\nFix: Mount /run/containerd/containerd.sock instead.',
      },
    ]);
    const [folded] = commandsOf(scanReportOf([finding({ endLine: 5 })]));
    expect(Object.keys(folded?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'title']);
  });

  it('escapes what parts a command', () => {
    const [one] = commandsOf(
      scanReportOf([finding({ file: 'a:b,c%3A=d::e.yaml', ruleId: 'x', message: '100% :: of %0A,\n::error::x' })]),
    );
    expect(one?.properties.file).toBe('a:b,c%3A=d::e.yaml');
    expect(one?.message).toMatch(/^100% :: of %0A,\\n::error::x\nPod default\/web\n/);
  });

  it('has the worst first, and nothing that is suppressed', () => {
    const report = scanReport();
    const names = commandsOf(report).map(({ name }) => name);
    expect(names).toEqual(
      [...names].sort((a, b) => ['error', 'warning', 'notice'].indexOf(a) - ['error', 'warning', 'notice'].indexOf(b)),
    );
    expect(names.filter((name) => name === 'error')).toHaveLength(report.summary.bySeverity.error);
  });

  it('says how many there are where GitHub still shows it, when it will not show them all', () => {
    const notes = (count: number) =>
      scanReportOf(Array.from({ length: count }, (_, line) => finding({ severity: 'note', line, endLine: line })));
    expect(
      commandsOf(notes(10))
        .map(({ message }) => message)
        .join(),
    ).not.toContain('10 annotations');
    const [first, ...rest] = commandsOf(notes(11));
    expect(first?.message).toBe(
      '11 notes in 1 of 120 files. GitHub shows 10 annotations of a level at most; the log of this step has them all.',
    );
    expect(rest).toHaveLength(11);
  });

  it('puts what is in no file of the repository at the run', () => {
    const { file: _file, line: _line, ...live } = finding({ object: { kind: 'Node', name: 'w-01' } });
    const shown = commandsOf(scanReportOf([live, finding({ file: 'w-01:/etc/docker/daemon.json' })]));
    expect(shown.map(({ properties }) => Object.keys(properties))).toEqual([['title'], ['title']]);
    expect(shown[1]?.message).toContain('w-01:/etc/docker/daemon.json:3');
  });

  it('says nothing of a clean scan', () => expect(scanGithub(scanReportOf([]), SAMPLE_RULES)).toBe(''));

  it('writes nothing that steers', () => expect(steering(scanGithub(scanReport(), SAMPLE_RULES))).toEqual([]));
});
