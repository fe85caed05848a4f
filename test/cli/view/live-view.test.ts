import { describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../src/core/events.js';
import { glyphs } from '../../../src/cli/view/glyphs.js';
import { liveView } from '../../../src/cli/view/live-view.js';
import { displayWidth } from '../../../src/report/display-width.js';
import { poisoned, steering } from '../../report/poisoned.js';
import { demoScripts } from './demo-events.js';
import { fakeTerminal, type FakeTerminal } from './fake-terminal.js';
import { play } from './play.js';

const unicode = glyphs({ LANG: 'C.UTF-8' });
const view = (terminal: FakeTerminal, now?: () => number) =>
  liveView(terminal, { color: false, glyphs: unicode, ...(now === undefined ? {} : { now }) });
const started = (id: string, title: string): EngineEvent => ({ type: 'step-started', phase: 'vacate', id, title });
const opened = (...titles: string[]): EngineEvent => ({
  type: 'phase-started',
  phase: 'vacate',
  title: 'Move the pods away',
  steps: titles.map((title) => ({ id: title, title })),
});

describe('liveView', () => {
  it.each(['success', 'rollback', 'needs-hands', 'interrupt'] as const)(
    'leaves the golden picture of %s',
    async (name) => {
      const terminal = fakeTerminal();
      await play(view(terminal), demoScripts[name]());
      await expect(terminal.lines().join('\n')).toMatchFileSnapshot(`../../golden/report/live-${name}.txt`);
    },
  );

  it.each([
    [80, 24],
    [40, 8],
    [200, 60],
  ])(
    'fits %i columns and %i rows: nothing is folded, what is redrawn never reaches beyond the screen',
    async (columns, rows) => {
      const terminal = fakeTerminal(columns, rows);
      await play(view(terminal), demoScripts.rollback());
      expect(terminal.deepest()).toBeGreaterThan(0);
      expect(terminal.deepest()).toBeLessThan(rows);
      const words = terminal.lines().filter((line) => line.includes(' '));
      expect(words.filter((line) => displayWidth(line) >= columns && !line.includes('/'))).toEqual([]);
      expect(terminal.lines().filter((line) => line.includes('↩'))).toHaveLength(13);
    },
  );

  it('shows what runs, what it waits for, what is to come, and since when', async () => {
    const terminal = fakeTerminal();
    let time = 0;
    const live = view(terminal, () => time);
    live.sink(opened('Cordon w1', 'Drain 6 pods', 'c', 'd', 'e', 'f'));
    live.sink(started('Cordon w1', 'Cordon w1'));
    live.sink({ type: 'step-finished', phase: 'vacate', id: 'Cordon w1', title: 'Cordon w1', status: 'done', ms: 60 });
    live.sink(started('Drain 6 pods', 'Drain 6 pods'));
    live.sink({ type: 'step-progress', id: 'Drain 6 pods', text: 'waiting for shop/web: budget shop/web allows none' });
    await vi.waitFor(() => expect(terminal.lines().join('\n')).toContain('waiting for shop/web'));
    time = 31_500;
    live.interrupt('Stopping after this step.');
    const lines = terminal.lines();
    expect(lines.map((line) => line.replace(/ {3,}/, ' .. '))).toEqual([
      'vacate  Move the pods away .. 6 steps',
      '  ✓ Cordon w1 .. 60 ms',
      '  Stopping after this step.',
      expect.stringMatching(/^ {2}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Drain 6 pods \.\. 31 s$/),
      ' .. waiting for shop/web: budget shop/web allows none',
      '  · c',
      '  · d',
      '  · e',
      '  · and 1 more',
      '',
    ]);
    await live.finish();
    expect(terminal.lines()).toContainEqual(expect.stringMatching(/✗ Drain 6 pods +left unfinished/));
  });

  it('counts the dark seconds while the kubelet is down, and only then', async () => {
    const terminal = fakeTerminal();
    let time = 0;
    const live = view(terminal, () => time);
    live.sink(opened('Stop Docker'));
    live.sink({ type: 'dark' });
    live.sink(started('Stop Docker', 'Stop Docker'));
    await vi.waitFor(() => expect(terminal.lines().at(-2)).toMatch(/^ {2}dark 0\.0 s: the kubelet is down/));
    time = 3240;
    await vi.waitFor(() => expect(terminal.lines().at(-2)).toMatch(/^ {2}dark 3\.2 s/));
    live.sink({ type: 'light', darkMs: 4100 });
    await live.finish();
    expect(terminal.lines().join('\n')).toMatch(/dark from here[\s\S]*light again: Ready after 4\.1 s of dark/);
    expect(terminal.lines().join('\n')).not.toContain('dark 3.2 s');
  });

  it('survives a terminal that gets narrower and wider', async () => {
    const terminal = fakeTerminal(100, 24);
    const live = view(terminal);
    const title = 'Carry all the images in use from Docker over to containerd, without a registry';
    live.sink(opened(title, 'next'));
    live.sink(started(title, title));
    await vi.waitFor(() => expect(terminal.lines().join('\n')).toMatch(/[⠋-⠿] Carry/));
    terminal.resize(50, 24);
    terminal.resize(120, 40);
    live.sink({ type: 'step-finished', phase: 'vacate', id: title, title, status: 'done', ms: 60 });
    await live.finish();
    expect(terminal.lines().filter((line) => line.includes('Carry'))).toEqual([
      expect.stringMatching(/^ {2}✓ Carry .* 60 ms$/),
    ]);
    expect(terminal.listeners()).toBe(0);
  });

  it('marks in a rollback that a step is being undone', async () => {
    const terminal = fakeTerminal();
    const live = view(terminal);
    live.sink({ type: 'rollback-started', because: 'the kubelet does not start' });
    live.sink(started('a', 'Stop the kubelet'));
    await vi.waitFor(() => expect(terminal.lines().at(-2)).toContain('Undo: Stop the kubelet'));
    expect(terminal.lines()).toContain('  because: the kubelet does not start');
    await live.finish();
  });

  it('shows steps that were not announced, and ends that had no start', async () => {
    const terminal = fakeTerminal();
    const live = view(terminal);
    live.sink(opened('a'));
    live.sink({ type: 'step-finished', phase: 'vacate', id: 'x', title: 'Extra', status: 'unneeded', ms: 0 });
    live.sink(started('y', 'More'));
    live.sink({ type: 'step-progress', id: 'other', text: 'not of this step' });
    live.sink({
      type: 'step-finished',
      phase: 'vacate',
      id: 'y',
      title: 'More',
      status: 'failed',
      ms: 5,
      message: 'no',
    });
    await live.finish();
    const text = terminal.lines().join('\n');
    expect(text).toMatch(/– Extra +already so\n {2}✗ More +5 ms\n {4}no\n/);
    expect(text).not.toContain('not of this step');
  });

  it('ignores what is told after the end', async () => {
    const terminal = fakeTerminal();
    const live = view(terminal);
    await live.finish();
    live.sink({ type: 'warning', text: 'late' });
    await live.finish();
    expect(terminal.raw()).toBe('');
  });

  it('lets no name or message steer the terminal, nor draw a line of its own', async () => {
    const terminal = fakeTerminal();
    const script = demoScripts.rollback().map(({ afterMs, event }) => ({
      afterMs,
      event: poisoned(event, ['type', 'status', 'outcome']),
    }));
    const live = view(terminal);
    await play(live, script);
    // What remains of control is the view's own: cursor up, carriage return, erase below.
    expect(steering(terminal.raw().replace(/\u001b\[\d+A\r\u001b\[J/g, ''))).toEqual([]);
    expect(terminal.raw()).toContain('\\x1b[2J');
    expect(terminal.raw()).not.toMatch(/^fake: ok/m);
  });

  it('uses signs that a console without Unicode can draw', async () => {
    const terminal = fakeTerminal();
    await play(
      liveView(terminal, { color: false, glyphs: glyphs({ TERM: 'linux', LANG: 'C.UTF-8' }) }),
      demoScripts['needs-hands'](),
    );
    expect(terminal.lines().join('\n')).toMatch(/^ {2}\+ Stop the kubelet/m);
    expect(terminal.raw()).not.toMatch(/[✓✗─⠋]/);
  });

  it('colours only when told to', async () => {
    const [colored, plain] = [fakeTerminal(), fakeTerminal()];
    await play(liveView(colored, { color: true, glyphs: unicode }), demoScripts.success());
    await play(liveView(plain, { color: false, glyphs: unicode }), demoScripts.success());
    expect(colored.raw()).toContain('\u001b[32m✓\u001b[39m');
    expect(plain.raw()).not.toMatch(/\u001b\[\d*m/);
    expect(colored.lines()).toEqual(plain.lines());
  });
});
