import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.js';
import { planMarkdown } from '../../src/report/plan-markdown.js';
import { poisoned, steering } from './poisoned.js';
import { blockedNode, doneNode, planOf, readyNode } from './sample-plan.js';

const count = (text: string, word: RegExp): number => (text.match(word) ?? []).length;

describe('planMarkdown', () => {
  it('reads as the golden file', async () => {
    await expect(planMarkdown(planOf(readyNode, blockedNode, doneNode))).toMatchFileSnapshot(
      '../golden/report/plan.md',
    );
  });

  it('folds every diff, and closes what it opens', () => {
    const text = planMarkdown(planOf(readyNode, blockedNode));
    // Two files, the table of settings, a manifest.
    expect(count(text, /^<details><summary>.*<\/summary>$/gm)).toBe(4);
    expect(count(text, /^<\/details>$/gm)).toBe(4);
    expect(count(text, /^```diff$/gm)).toBe(2);
    expect(count(text, /^```yaml$/gm)).toBe(1);
    expect(count(text, /^```$/gm)).toBe(3);
  });

  it('numbers the steps through all phases, each list begun after an empty line', () => {
    const numbers = [...planMarkdown(planOf(readyNode)).matchAll(/^(\d+)\. /gm)].map((match) => Number(match[1]));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(planMarkdown(planOf(readyNode))).toContain('\n\n4. Cordon w1\n');
  });

  it('fences a file that has fences itself with more backticks', () => {
    const after = '````\n</details>\n````\n';
    const file = { path: '/a`b|c', sha256: sha256(after), mode: 0o644, before: null, why: '' };
    const text = planMarkdown({ ...planOf({ ...readyNode, files: [file] }), contents: { [sha256(after)]: after } });
    expect(text).toContain('\n`````diff\n--- /dev/null');
    expect(text).toContain('\n`````\n\n</details>');
    expect(text).toContain('<summary><code>/a`b|c</code> (new)</summary>');
  });

  it('shows names and messages as they are: no markup, no HTML, no further rows or headings', () => {
    const notice = { gate: 'g', level: 'blocker' as const, message: '<img src=x> [a](b) **c**\n# Approved', fix: '' };
    const text = planMarkdown(planOf({ ...blockedNode, node: 'w|1`', notices: [notice] }));
    expect(text).toContain('- **g**: &lt;img src=x&gt; \\[a\\]\\(b\\) \\*\\*c\\*\\* \\# Approved\n');
    expect(text).toContain('| `` w\\|1` `` |');
    expect(text).not.toMatch(/^# Approved/m);
  });

  it('lets nothing steer the terminal it may be shown on', () => {
    const text = planMarkdown(poisoned(planOf(blockedNode), ['level', 'verdict', 'target']));
    expect(text.length).toBeGreaterThan(1000);
    expect(steering(text)).toEqual([]);
  });
});
