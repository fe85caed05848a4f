import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import { dependencyGroup } from '../../src/report/scan-html/dependency-group.js';
import { scanHtml } from '../../src/report/scan-html/scan-html.js';
import { ruleInfos } from '../../src/rules/rule-infos.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../fixtures/scan-report.js';
import { poisoned, steering } from './poisoned.js';
import { sampleLines } from './sample-lines.js';

const text = (page: string): string =>
  page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '&',
    );

const sample = (): string => scanHtml(scanReport(), SAMPLE_RULES, { title: 'shop', lineOf: sampleLines });

const headline = (findings: readonly Finding[], overrides: Parameters<typeof scanReportOf>[1] = {}): string =>
  text(/<h1>[\s\S]*?<\/h1>/.exec(scanHtml(scanReportOf(findings, overrides), []))?.[0] ?? '').trim();

describe('the HTML report', () => {
  it('is the same for the same report, whatever the order of its findings', () => {
    const report = scanReport();
    const turned = { ...report, findings: [...report.findings].reverse() };
    expect(scanHtml(turned, SAMPLE_RULES)).toBe(scanHtml(report, SAMPLE_RULES));
    expect(sample()).toBe(sample());
  });

  it('loads nothing, and its policy lets only its own style and script run', () => {
    const page = sample();
    expect(
      page.match(/<(link|img|iframe|object|embed|base|form [^>]*action)|src=|@import|url\(|\son\w+=|\sstyle=/g),
    ).toBe(null);
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? '';
    const hashes = (tag: string): string =>
      [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))]
        .map(
          (match) =>
            `'sha256-${createHash('sha256')
              .update(match[1] ?? '')
              .digest('base64')}'`,
        )
        .join(' ');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashes('style')}`,
      `script-src ${hashes('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('tells every finding: message, fix, container, place, suppression', () => {
    const page = text(sample());
    for (const { message, fix, container, file, line, column, suppressed, object } of scanReport().findings) {
      if (object.namespace === 'x') continue;
      for (const part of [message, fix, container, object.name, suppressed?.reason]) {
        if (part !== undefined) expect(page).toContain(part);
      }
      if (file !== undefined) expect(page).toContain(`${file}:${line}:${column}`);
    }
  });

  it('tells what could not be looked at, first in numbers and then in full', () => {
    const page = text(sample());
    expect(page).toContain('3 things could not be scanned, or not in full; 2 questions are open');
    for (const { subject, message } of scanReport().errors) {
      expect(page).toContain(subject);
      expect(page).toContain(message);
    }
    for (const { subject, why } of scanReport().undecided) {
      expect(page).toContain(subject);
      expect(page).toContain(why);
    }
    expect(text(scanHtml(scanReport({ errors: [], undecided: [] }), []))).not.toContain('There may be more');
  });

  it('tells each rule once, and only those with findings', () => {
    const page = sample();
    const used = new Set(scanReport().findings.map(({ ruleId }) => ruleId));
    for (const { id, why } of SAMPLE_RULES) {
      expect(text(page).split(why).length - 1, id).toBe(used.has(id) ? 1 : 0);
    }
    expect(scanHtml(scanReportOf([finding()]), SAMPLE_RULES)).not.toContain('id="rule-docker-cli-cmd"');
  });

  it('shows the lines around a finding, the evidence marked', () => {
    const page = sample();
    expect(page).toMatch(
      /<span class="hit" +data-n="15"> *<mark>docker build -t registry\.example\.com\/shop\/web:\$TAG \.<\/mark><\/span/,
    );
    expect(page).toMatch(/<span data-n="14"/);
  });

  it('shows the evidence where the lines cannot be had', () => {
    const page = scanHtml(scanReportOf([finding({ line: 7 })]), SAMPLE_RULES);
    expect(page).toMatch(/<span class="hit" +data-n="7"><mark>\/var\/run\/docker\.sock<\/mark><\/span>/);
  });

  it('cuts a line without end down to what is near the evidence', () => {
    const one = { line: 1, endLine: 1, column: 5_000_001, endColumn: 5_000_021 };
    const long = `${'a'.repeat(5_000_000)}/var/run/docker.sock${'b'.repeat(5_000_000)}`;
    const lineOf = () => [{ line: 1, text: long }];
    const page = scanHtml(scanReportOf([finding(one)]), SAMPLE_RULES, { lineOf });
    expect(page).toContain('aaa<mark>/var/run/docker.sock</mark>bbb');
    expect(page.length).toBeLessThan(40_000);
  });

  it('marks every line of evidence that spans some, without their indentation', () => {
    const lines = ['  run: |', '    docker ps', '    docker rm', '  end'];
    const lineOf = () => lines.map((line, index) => ({ line: index + 1, text: line }));
    const spanning = finding({ line: 2, column: 5, endLine: 3, endColumn: 14, evidence: 'docker ps docker rm' });
    const page = scanHtml(scanReportOf([spanning]), SAMPLE_RULES, { lineOf });
    expect(page.match(/<mark>.*?<\/mark>/g)).toEqual(['<mark>docker ps</mark>', '<mark>docker rm</mark>']);
  });

  it('links to pages of the web only', () => {
    const links = [
      'https://example.com/a',
      'javascript:alert(1)',
      'http://example.com/',
      'https://a"onclick=b',
      '//c.d',
    ];
    const [rule] = SAMPLE_RULES.filter(({ id }) => id === 'docker-sock').map((known) => ({ ...known, links }));
    const page = scanHtml(scanReportOf([finding()]), rule === undefined ? [] : [rule]);
    const followed = [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).filter((href) => href?.[0] !== '#');
    expect(followed).toEqual(['https://example.com/a']);
    for (const link of links) expect(text(page)).toContain(link);
  });

  it('lets nothing foreign become markup, or steer', () => {
    const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>\' {{x}} ${y} <!-- --> ]]>';
    const evil = finding({
      ruleId: `docker-sock${attack}`,
      message: attack,
      fix: attack,
      evidence: attack,
      container: attack,
      file: attack,
      object: { kind: attack, namespace: attack, name: attack },
      owners: [attack, attack],
      suppressed: { by: 'comment', reason: attack },
      fingerprint: attack,
    });
    const report = scanReportOf([evil, finding()], {
      errors: [{ subject: attack, message: attack }],
      undecided: [{ subject: attack, why: attack, ruleId: attack }],
    });
    const rules = SAMPLE_RULES.map((rule) => ({ ...rule, title: attack, why: attack, fix: attack, links: [attack] }));
    const lineOf = () => [{ line: 3, text: attack }];
    const page = scanHtml(report, rules, { title: attack, generatedAt: attack, lineOf });
    const tags = (of: string): string[] => [...of.matchAll(/<(script|img|!--)/g)].map((match) => match[0]);
    expect(tags(page)).toEqual(tags(scanHtml(scanReportOf([finding()]), [])));
    expect(text(page)).toContain(attack);

    const steered = scanHtml(poisoned(scanReport(), ['severity', 'confidence', 'by', 'target', 'kind']), SAMPLE_RULES);
    expect(steering(steered)).toEqual([]);
  });

  it('gives each finding an anchor of its own, also where fingerprints repeat', () => {
    const twins = [finding({ fingerprint: 'a'.repeat(32) }), finding({ fingerprint: 'a'.repeat(32), line: 9 })];
    const page = scanHtml(scanReportOf(twins), SAMPLE_RULES);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(ids).toContain('f-aaaaaaaaaaaa');
    expect(new Set(ids).size).toBe(ids.length);
    const missing = [...page.matchAll(/href="#([^"]*)"/g)].map((match) => match[1]).filter((id) => !ids.includes(id));
    expect(missing).toEqual([]);
  });

  it('stays small with thousands of findings', () => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      finding({ object: { kind: 'Pod', namespace: 'n', name: `p${Math.floor(index / 3)}` }, line: index + 1 }),
    );
    expect(scanHtml(scanReportOf(findings), SAMPLE_RULES).length).toBeLessThan(5000 * 1500);
  });
});

describe('the matrix', () => {
  it.each([
    ['docker-sock', 'Socket'],
    ['docker-log-parser-image-default', 'Logs'],
    ['docker-cli-cmd', 'Docker CLI and API'],
    ['docker-run-dir', 'Docker’s directories'],
    ['known-image', 'Agents and metrics'],
    ['runtime-node-selector', 'Pod settings'],
    ['kubeadm-cri-socket', 'Node and kubelet'],
    ['anything-else', 'Other'],
  ])('has %s under “%s”', (ruleId, title) => {
    const page = scanHtml(scanReportOf([finding({ ruleId })]), SAMPLE_RULES);
    expect([...page.matchAll(/<th scope="col">([^<]*)</g)].map((match) => match[1])).toEqual([
      'Workload, node or file',
      title,
    ]);
  });

  it('has a column for every rule there is', () => {
    expect(ruleInfos.length).toBeGreaterThan(20);
    expect(ruleInfos.map(({ id }) => id).filter((id) => dependencyGroup(id).id === 'other')).toEqual([]);
  });

  it('puts what is gravest first, and counts what is not suppressed', () => {
    const pod = (name: string, more: Partial<Finding>): Finding =>
      finding({ object: { kind: 'Pod', name }, file: 'a.yaml', ...more });
    const page = scanHtml(
      scanReportOf([
        pod('noted', { severity: 'note' }),
        pod('silent', { suppressed: { by: 'comment', reason: 'known' } }),
        pod('broken', {}),
        pod('unsure', { confidence: 'possible' }),
        pod('broken', { severity: 'warning' }),
        pod('broken', { line: 99, suppressed: { by: 'comment', reason: 'known' } }),
      ]),
      SAMPLE_RULES,
    );
    const rows = [...page.matchAll(/<small>Pod<\/small> (\w+)<\/a\s*>[\s\S]*?aria-label="([^"]*)"/g)];
    expect(rows.map(([, name, words]) => `${name}: ${words}`)).toEqual([
      'broken: 1 error, 1 warning',
      'unsure: 1 error',
      'noted: 1 note',
      'silent: 1 suppressed',
    ]);
  });
});

describe('the verdict', () => {
  const error = finding();
  const other = (kind: string, name: string, more: Partial<Finding> = {}): Finding =>
    finding({ object: { kind, name }, ...more });

  it('counts what breaks, not findings', () => {
    expect(headline([error, finding({ line: 9 })])).toBe('1 workload will break on containerd');
    expect(headline([error, other('Rollout', 'a'), other('Node', 'w')], { target: 'crio' })).toBe(
      '2 workloads and 1 node will break on CRI-O',
    );
    expect(headline([other('ConfigMap', 'a'), other('File', 'b')])).toBe(
      'Configuration in 1 file and 1 other object will break on containerd',
    );
  });

  it('is no surer than its findings', () => {
    expect(headline([finding({ confidence: 'possible' })])).toBe('1 workload may break on containerd');
    expect(headline([finding({ severity: 'warning' })])).toBe('1 workload will not be quite the same on containerd');
    expect(headline([finding({ severity: 'note' })])).toBe('Nothing breaks on containerd');
  });

  it('does not take silence for a no', () => {
    const summary = { ...scanReportOf([]).summary, files: 0, objects: 0, pods: 0, nodes: 0 };
    expect(headline([])).toBe('Nothing depends on Docker: ready for containerd');
    expect(headline([], { undecided: [{ subject: 'w', why: 'no answer' }] })).toBe(
      'Nothing that was looked at depends on Docker',
    );
    expect(headline([], { summary })).toBe('Nothing was scanned');
    expect(headline([finding({ suppressed: { by: 'config', reason: 'stays' } })])).toBe(
      'Nothing is left to do for containerd',
    );
  });
});
