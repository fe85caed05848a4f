import { describe, expect, it } from 'vitest';
import { configJson } from '../../src/report/config-json.js';
import { configMarkdown } from '../../src/report/config-markdown.js';
import { configText } from '../../src/report/config-text.js';
import { displayWidth } from '../../src/report/display-width.js';
import { POISON, poisoned, steering } from './poisoned.js';
import { conversion, MARKER, refusal, reportOf } from './sample-conversion.js';

const plain = { color: false, width: 80, writtenTo: undefined };
const refused = { notices: [...conversion.notices, refusal] };

describe('configText', () => {
  it('reads as the golden file', async () => {
    await expect(configText(reportOf(), plain)).toMatchFileSnapshot('../golden/report/config.txt');
  });

  it('tells what to do about a warning where the setting is, and says it once', () => {
    const text = configText(reportOf(), plain);
    expect(text.match(/containers lose the init process/g)).toHaveLength(1);
    expect(text).toMatch(/init = true\n +containers lose [^→]*?do: put tini into the images/);
    expect(text).toContain("no unit of the kubelet is there: kubeadm's is assumed");
  });

  it('says what it wrote, and then shows no contents', () => {
    const text = configText(reportOf(), { ...plain, writtenTo: 'out' });
    expect(text).toMatch(/\n3 files written under out\.\n$/);
    expect(text).not.toContain('SystemdCgroup = true');
    expect(configText(reportOf(), plain)).toContain('SystemdCgroup = true');
    expect(configText(reportOf(), plain)).toMatch(/\nNothing was written: -o DIR writes the files there\.\n$/);
  });

  it('shows a refusal first, and last that nothing was written', () => {
    const text = configText(reportOf(refused), plain);
    expect(text.indexOf('line 3, is refused')).toBeLessThan(text.indexOf('warning  assumed'));
    expect(text).toMatch(/\nRefused: nothing was written\. Clear what blocks, and convert again\.\n$/);
  });

  it('shows a new file whole, a changed one by what changes', () => {
    const text = configText(reportOf(), plain);
    expect(text).toContain('\nversion = 2\n');
    expect(text).toContain('@@ -1,1 +1,2 @@\n cgroupDriver: systemd\n+containerLogMaxSize: 100M\n');
  });

  it('has every setting, whatever becomes of it', () => {
    const text = configText(reportOf(), plain);
    for (const { key } of conversion.settings) expect(text).toContain(`    ${key}`);
    const order = ['With a warning', 'Converted', 'to the kubelet (2)', 'to systemd', 'Not needed'].map((word) =>
      text.search(new RegExp(`^(?:Handed )?${word.replace(/[()]/g, '\\$&')}`, 'm')),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it.each([60, 80, 120])('folds what it says at %i columns', (width) => {
    const report = { ...reportOf(refused), files: [] };
    const wide = configText(report, { ...plain, width })
      .split('\n')
      .filter(
        (line) =>
          displayWidth(line) > width &&
          line
            .trim()
            .replace(/^(→|do:) /, '')
            .includes(' '),
      );
    expect(wide).toEqual([]);
  });
});

describe('every format', () => {
  const formats = {
    text: (report: ReturnType<typeof reportOf>) => configText(report, plain),
    json: configJson,
    markdown: configMarkdown,
  };

  it.each(Object.entries(formats))('%s shows no marker of a secret', (_, render) => {
    const text = render(reportOf());
    expect(text).not.toContain(MARKER);
    expect(text).toContain('***');
  });

  it.each(Object.entries(formats))('%s of the same conversion is the same', (_, render) => {
    const turned = { files: conversion.files.toReversed() };
    expect(render(reportOf(turned))).toBe(render(reportOf()));
  });

  it.each([['text', formats.text] as const, ['markdown', formats.markdown] as const])(
    '%s lets nothing steer the terminal',
    (_, render) => {
      const report = poisoned(reportOf(refused), ['level', 'outcome', 'content', 'before']);
      const files = report.files.map((file) => ({ ...file, content: file.content + POISON }));
      expect(steering(render({ ...report, files }))).toEqual([]);
    },
  );
});

describe('configJson', () => {
  it('has the keys that it promises, and no others', () => {
    const json = JSON.parse(configJson(reportOf(refused))) as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(json)).toEqual(['files', 'settings', 'warnings', 'refusals']);
    expect(json['files']?.map((file) => Object.keys(file))).toEqual(Array(3).fill(['path', 'mode', 'content']));
    expect(json['files']?.map(({ path, mode }) => [path, mode])).toEqual([
      ['/etc/containerd/config.toml', '0644'],
      ['/var/lib/kubelet/config.json', '0600'],
      ['/var/lib/kubelet/config.yaml', '0644'],
    ]);
    const keys = ['source', 'key', 'value', 'outcome', 'target', 'note'];
    expect(json['settings']?.map((setting) => Object.keys(setting))).toEqual(Array(6).fill(keys));
    expect(json['warnings']).toHaveLength(2);
    expect(json['refusals']).toEqual([`${refusal.message}; ${refusal.fix}`]);
  });
});

describe('configMarkdown', () => {
  it('reads as the golden file', async () => {
    await expect(configMarkdown(reportOf(refused))).toMatchFileSnapshot('../golden/report/config.md');
  });
});
