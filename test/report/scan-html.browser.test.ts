import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scanHtml } from '../../src/report/scan-html/scan-html.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../fixtures/scan-report.js';
import { sampleLines } from './sample-lines.js';

const CHROMIUM = '/usr/bin/chromium';

const ATTACK = `"></script><script>window.hit=1</script><img src=x onerror="window.hit=1">' onclick='window.hit=1`;

const attacked = scanReportOf([
  finding({
    message: ATTACK,
    fix: ATTACK,
    evidence: ATTACK,
    container: ATTACK,
    ruleId: ATTACK,
    file: `javascript:window.hit=1//${ATTACK}`,
    object: { kind: ATTACK, namespace: ATTACK, name: ATTACK },
  }),
]);

// Every 42 findings of the sample again, in objects of their own.
const many = scanReportOf(
  Array.from({ length: 120 }, (_, copy) =>
    scanReport().findings.map((each, index) => ({
      ...each,
      object: { ...each.object, name: `${each.object.name}-${copy}` },
      fingerprint: (copy * 1000 + index).toString(16).padStart(12, '0').padEnd(32, '0'),
    })),
  )
    .flat()
    .slice(0, 5000),
);

describe.skipIf(!existsSync(CHROMIUM))('the HTML report in a browser', () => {
  let browser: Browser;
  let directory: string;
  let page: Page;
  /** Whatever the page complained about, and whatever it asked for beside itself. */
  let complaints: string[];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'scan-html-'));
    const write = (name: string, html: string): void => writeFileSync(join(directory, name), html);
    const options = { title: 'shop', generatedAt: '2024-03-04T10:31:07Z', lineOf: sampleLines };
    write('sample.html', scanHtml(scanReport(), SAMPLE_RULES, options));
    write('attack.html', scanHtml(attacked, [], { title: ATTACK, lineOf: () => [{ line: 3, text: ATTACK }] }));
    write('many.html', scanHtml(many, SAMPLE_RULES, options));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });

  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  async function open(name: string, options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    page = await context.newPage();
    complaints = [];
    const own = pathToFileURL(join(directory, name.replace(/#.*/, ''))).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url().replace(/#.*/, '') !== own) complaints.push(request.url());
    });
    await page.goto(own + (/#.*/.exec(name)?.[0] ?? ''));
  }

  const NAMES = { Search: 'q', Rule: 'rule', Namespace: 'ns', Container: 'container', Certainty: 'confidence' };
  const control = (label: keyof typeof NAMES): Locator =>
    page.locator(`label:has(span:text-is("${label}")) [name=${NAMES[label]}]`);
  const shown = (): Promise<number> => page.locator('.finding:visible').count();
  const status = (): Promise<string | null> => page.locator('[role=status]').textContent();
  const wide = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('shows what is not suppressed, and counts it', async () => {
    await open('sample.html');
    expect(await page.locator('h1').textContent()).toContain('will break on containerd');
    expect(await shown()).toBe(38);
    expect(await status()).toBe('Showing 38 of 42 findings; 4 suppressed not shown');
    await page.getByLabel('Show suppressed').check();
    await expect.poll(shown).toBe(42);
    expect(await page.locator('.reason').first().isVisible()).toBe(true);
  });

  it('filters by text, severity, rule, namespace, container and certainty, and counts along', async () => {
    await open('sample.html');
    const { findings } = scanReport();
    const active = findings.filter(({ suppressed }) => suppressed === undefined);
    const clear = page.getByRole('button', { name: 'Clear filters' });
    const expectCount = async (count: number): Promise<void> => {
      await expect.poll(shown).toBe(count);
      expect(count).toBeGreaterThan(0);
      expect(await status()).toContain(`Showing ${count} of 42 findings`);
      await clear.click();
      await expect.poll(shown).toBe(38);
    };

    await control('Search').fill('  FLUENT-bit ');
    await expectCount(3);
    await page.getByRole('button', { name: /^Warnings/ }).click();
    expect(await page.getByRole('button', { name: /^Warnings/ }).getAttribute('aria-pressed')).toBe('true');
    await expectCount(active.filter(({ severity }) => severity === 'warning').length);
    await control('Rule').selectOption('docker-cli-cmd');
    await expectCount(active.filter(({ ruleId }) => ruleId === 'docker-cli-cmd').length);
    await control('Namespace').selectOption('ci');
    await expect.poll(() => page.getByRole('button', { name: /^Errors/ }).textContent()).toMatch(/ 4\s*$/);
    await expectCount(active.filter(({ object }) => object.namespace === 'ci').length);
    await control('Container').selectOption('docker-client');
    await expectCount(active.filter(({ container }) => container === 'docker-client').length);
    await control('Certainty').selectOption('possible');
    await expectCount(active.filter(({ confidence }) => confidence === 'possible').length);

    await control('Search').fill('nothing has this');
    await expect.poll(shown).toBe(0);
    expect(await status()).toContain('No finding matches');
  });

  it('keeps a filtered view in its address', async () => {
    await open('sample.html');
    await control('Namespace').selectOption('ci');
    await page.getByRole('button', { name: /^Errors/ }).click();
    await control('Search').fill('docker push');
    await expect.poll(shown).toBe(1);
    await expect.poll(() => page.url()).toContain('q=docker+push');
    const hash = new URL(page.url()).hash;
    await page.context().close();

    await open(`sample.html${hash}`);
    expect(await shown()).toBe(1);
    expect(await control('Namespace').inputValue()).toBe('ci');
    expect(await control('Search').inputValue()).toBe('docker push');
    expect(await page.getByRole('button', { name: /^Errors/ }).getAttribute('aria-pressed')).toBe('true');
  });

  it('leads from a cell of the matrix to its findings, and back', async () => {
    await open('sample.html');
    const row = page.locator('#matrix tr', { hasText: 'ops/image-gc' });
    await row.locator('td[data-g=socket] a').click();
    await expect.poll(shown).toBe(1);
    expect(await page.locator('.finding:visible h4').textContent()).toContain('The Docker socket is mounted');
    expect(await row.locator('[aria-current=true]').count()).toBe(1);
    expect(await page.locator('#matrix tbody tr:visible').count()).toBeGreaterThan(10);
    await page.goBack();
    await expect.poll(shown).toBe(38);
    expect(await row.locator('[aria-current=true]').count()).toBe(0);
  });

  it('follows the filters in the matrix', async () => {
    await open('sample.html#severity=warning');
    await expect.poll(() => page.locator('#matrix tbody tr:visible').count()).toBe(5);
    await page.getByRole('button', { name: /^Warnings/ }).click();
    const cell = page.locator('#matrix tr', { hasText: 'ci/jenkins-agent' }).locator('td[data-g=socket] a');
    expect(await cell.getAttribute('aria-label')).toBe('1 error, 1 note');
    expect(await cell.textContent()).toBe('2');
  });

  it('opens a link to one finding, though it is suppressed', async () => {
    const [hidden] = scanReport().findings.filter(({ suppressed }) => suppressed !== undefined);
    await open(`sample.html#f-${hidden?.fingerprint.slice(0, 12)}`);
    const target = page.locator(`#f-${hidden?.fingerprint.slice(0, 12)}`);
    expect(await target.isVisible()).toBe(true);
    await expect.poll(() => target.boundingBox().then((box) => (box?.y ?? 900) < 900)).toBe(true);
  });

  it('tells why, and copies the fix, by the keyboard alone', async () => {
    await open('sample.html#q=jenkins+push', { permissions: ['clipboard-read', 'clipboard-write'] });
    const summary = page.locator('.finding:visible summary');
    await summary.focus();
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    const why = page.locator('.finding:visible .why');
    await expect.poll(() => why.textContent()).toContain('The docker client needs a Docker daemon.');
    expect(await why.locator('a[href^="https://"]').count()).toBe(2);

    await page.locator('.finding:visible .copy').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.finding:visible .copy').textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('Build images without the Docker daemon');
  });

  it('follows the system’s colours until it is told otherwise, and remembers', async () => {
    await open('sample.html', { colorScheme: 'dark' });
    const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const toggle = page.getByRole('button', { name: 'Dark theme' });
    expect(await background()).toBe('rgb(21, 23, 26)');
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await toggle.click();
    expect(await background()).toBe('rgb(253, 253, 252)');
    await page.reload();
    expect(await background()).toBe('rgb(253, 253, 252)');
    expect(await toggle.getAttribute('aria-pressed')).toBe('false');
  });

  it.each(['light', 'dark'] as const)('can be read: contrast in %s colours', async (colorScheme) => {
    await open('sample.html#suppressed=1', { colorScheme });
    await page.locator('summary').first().click();
    const faint = await page.evaluate(`(() => {
      const channels = (color) => color.match(/[\\d.]+/g).map(Number);
      const luminance = (color) => channels(color).slice(0, 3).map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
      const ground = (element) => {
        const color = getComputedStyle(element).backgroundColor;
        return channels(color)[3] === 0 ? ground(element.parentElement) : color;
      };
      const texts = [...document.querySelectorAll('body *')].filter((element) =>
        element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
      const found = texts.map((element) => {
        const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
        return { what: element.tagName + '.' + element.className, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
      });
      return { looked: found.length, faint: found.filter(({ ratio }) => ratio < 4.5) };
    })()`);
    expect(faint).toEqual({ looked: expect.any(Number), faint: [] });
    expect((faint as { looked: number }).looked).toBeGreaterThan(500);
  });

  it('fits a phone: nothing but the matrix scrolls sideways', async () => {
    await open('sample.html#suppressed=1', { viewport: { width: 375, height: 800 } });
    expect(await wide()).toBe(0);
    const hidden = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('#matrix .scroll'))`;
    expect(await page.evaluate(hidden)).toBeGreaterThan(100);
    // Also when all that is far down has been laid out.
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    expect(await wide()).toBe(0);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await wide()).toBe(0);
  });

  it('is a plain list without scripts', async () => {
    await open('sample.html', { javaScriptEnabled: false });
    expect(await page.locator('.finding').count()).toBe(42);
    for (const each of await page.locator('.finding').all()) expect(await each.isVisible()).toBe(true);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('.copy:visible, #theme:visible, #shown:visible').count()).toBe(0);
    await page.locator('summary').first().click();
    expect(await page.locator('details a').first().getAttribute('href')).toBe('#rule-docker-cli-cmd');
    expect(await page.locator('#rule-docker-cli-cmd').isVisible()).toBe(true);
  });

  it('runs nothing that stands in names, messages or files', async () => {
    await open('attack.html');
    await page.locator('#matrix td a').click();
    await page.locator('.finding a.place').click();
    await page.locator('.finding .copy').click();
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.finding > p').nth(1).textContent()).toBe(ATTACK);
  });

  it('opens 5,000 findings in a moment, and filters them', { timeout: 60_000 }, async () => {
    await open('many.html');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    // Of the processor, not of the clock: how busy the machine is does not count.
    const seconds = metrics.find(({ name }) => name === 'ProcessTime')?.value;
    expect(seconds).toBeGreaterThan(0.1);
    expect(seconds).toBeLessThan(2);
    expect(await status()).toContain('of 5000 findings');
    await control('Search').fill('cadvisor-7');
    await expect.poll(status, { timeout: 10_000 }).toContain('Showing 22 of 5000 findings');
  });

  it('prints in light colours, without what only a screen can use', async () => {
    await open('sample.html', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(253, 253, 252)');
    expect(await page.locator('#filters:visible, .copy:visible, #theme:visible').count()).toBe(0);
    expect(await page.locator('[role=status]').isVisible()).toBe(true);
    expect(await page.locator('#rules').isVisible()).toBe(true);
  });
});
