import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { scanHtml } from '../src/report/scan-html/scan-html.js';
import { SAMPLE_RULES, scanReport, scanReportOf } from '../test/fixtures/scan-report.js';
import { sampleLines } from '../test/report/sample-lines.js';

/** `docs/images/scan-report-*.png`, of the sample report without what is there to try the reports' patience. */
const { findings, undecided, errors } = scanReport();
const plain = findings.filter(({ object }) => /^[\w./:-]{1,40}$/.test(`${object.namespace ?? ''}${object.name}`));
const html = scanHtml(scanReportOf(plain, { undecided, errors }), SAMPLE_RULES, {
  title: 'shop/platform, cluster eu-1',
  generatedAt: '2024-03-04T10:31:07Z',
  lineOf: sampleLines,
});

const VIEWS = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 1000, scale: 1.5, at: 'body', hash: '' },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 1000, scale: 1.5, at: '#findings-title', hash: 'ns=ci' },
  { name: 'phone', colorScheme: 'light', width: 375, height: 812, scale: 2, at: 'body', hash: '' },
] as const;

const images = join(import.meta.dirname, 'images');
mkdirSync(images, { recursive: true });
const file = join(tmpdir(), `scan-report-${process.pid}.html`);
writeFileSync(file, html);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const { name, colorScheme, width, height, scale, at, hash } of VIEWS) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme,
    reducedMotion: 'reduce',
  });
  const tab = await context.newPage();
  await tab.goto(`${pathToFileURL(file).href}#${hash}`);
  await tab.locator(at).evaluate((element) => (element as unknown as { scrollIntoView(): void }).scrollIntoView());
  await tab.screenshot({ path: join(images, `scan-report-${name}.png`) });
  await context.close();
}
await browser.close();
rmSync(file);
