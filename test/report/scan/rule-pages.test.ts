import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/report/display-width.js';
import { ruleText } from '../../../src/report/scan/rule-text.js';
import { rulesMarkdown } from '../../../src/report/scan/rules-markdown.js';
import { rulesText } from '../../../src/report/scan/rules-text.js';
import { SAMPLE_RULES } from '../../fixtures/scan-report.js';

const plain = { color: false, width: 80 };
const SGR = /\u001b\[[0-9;]*m/g;
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('ruleText', () => {
  it.each(SAMPLE_RULES)('tells all of $id', (rule) => {
    const text = ruleText(rule, plain);
    const all = words(text);
    for (const part of [rule.id, rule.severity, rule.title, rule.why, rule.fix, ...rule.links])
      expect(all).toContain(part);
    const prose = text.split('\n').filter((line) => !line.includes('://') && !line.includes('kubernetes.io'));
    expect(Math.max(...prose.map(displayWidth))).toBeLessThanOrEqual(80);
  });

  it('says the same with colours', () => {
    for (const rule of SAMPLE_RULES) {
      expect(ruleText(rule, { ...plain, color: true }).replace(SGR, '')).toBe(ruleText(rule, plain));
    }
  });

  it('has no heading over nothing', () => {
    const [rule] = SAMPLE_RULES.filter(({ links }) => links.length === 0);
    if (rule === undefined) throw new Error('no rule without links');
    expect(ruleText(rule, plain)).not.toContain('Links');
  });
});

describe('rulesText', () => {
  it('reads as the golden file', async () => {
    await expect(rulesText(SAMPLE_RULES, plain)).toMatchFileSnapshot('../../golden/report/scan/rules.txt');
  });

  it.each([60, 80, 160])('loses no word at %i columns', (width) => {
    const text = rulesText(SAMPLE_RULES, { ...plain, width });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    const all = words(text);
    for (const { title } of SAMPLE_RULES) for (const word of title.split(' ')) expect(all).toContain(word);
    expect(rulesText(SAMPLE_RULES, { color: true, width }).replace(SGR, '')).toBe(text);
  });
});

describe('rulesMarkdown', () => {
  it('has a section for each rule, and a link to each', () => {
    const text = rulesMarkdown(SAMPLE_RULES);
    const anchors = [...text.matchAll(/^## `(.*)`$/gm)].map((match) => match[1]);
    expect(anchors).toEqual(SAMPLE_RULES.map(({ id }) => id));
    expect([...text.matchAll(/\]\(#(.*?)\)/g)].map((match) => match[1])).toEqual(anchors);
    for (const link of SAMPLE_RULES.flatMap(({ links }) => links)) expect(text).toContain(`- <${link}>\n`);
  });
});
