import { expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.js';
import { hideSecrets } from '../../src/core/secret-markers.js';
import type { MigrationPlan } from '../../src/core/plan.js';
import { fileDiff } from '../../src/report/file-diff.js';
import { planJson } from '../../src/report/plan-json.js';
import { planMarkdown } from '../../src/report/plan-markdown.js';
import { planText } from '../../src/report/plan-text.js';
import { planOf, readyNode } from './sample-plan.js';

const MARKER = /SECRET-[0-9a-f]{12}-\d/;

const before = hideSecrets('A=1\nPROXY=http://u:s3cret@p\n', '/etc/default/kubelet');
const after = before.replace('A=1', 'A=2');
const change = {
  path: '/etc/default/kubelet',
  sha256: sha256(after),
  mode: 0o644,
  before: { sha256: sha256('the true text'), content: before },
  why: '',
};

const sample = planOf(readyNode);
const plan: MigrationPlan = {
  ...sample,
  contents: { ...sample.contents, [sha256(after)]: after },
  nodes: sample.nodes.map((node) => ({
    ...node,
    files: [...node.files, change],
    settings: [
      ...node.settings,
      {
        ...{ source: '/x.conf', key: 'HTTP_PROXY', value: before.split('=').at(-1), outcome: 'systemd' as const },
        ...{ target: '/y.conf', note: '' },
      },
    ],
    notices: [...node.notices, { gate: 'g', level: 'warning' as const, message: before, fix: '' }],
  })),
};

it.each([
  ['text', planText(plan, { color: false, width: 100 })],
  ['Markdown', planMarkdown(plan)],
])('people see no markers, in %s', (_format, shown) => {
  expect(shown).not.toMatch(MARKER);
  expect(shown).toContain(' PROXY=http://u:***@p');
  expect(shown).toContain('+A=2');
});

it('a plan that is carried out has them', () => {
  expect(planJson(plan)).toMatch(MARKER);
});

it('a file with a secret that stays as it is is no change', () => {
  expect(fileDiff({ ...change, sha256: sha256(before) }, { [sha256(before)]: before })).toBeUndefined();
  expect(fileDiff(change, { [sha256(after)]: after })).toHaveLength(6);
});
