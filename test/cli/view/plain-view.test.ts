import { describe, expect, it } from 'vitest';
import { plainView } from '../../../src/cli/view/plain-view.js';
import { poisoned, steering } from '../../report/poisoned.js';
import { demoScripts, type Cue } from './demo-events.js';
import { play } from './play.js';

const NIGHT = Date.UTC(2024, 2, 1, 2, 10, 0);

async function linesOf(script: readonly Cue[], now: () => number = () => NIGHT): Promise<string[]> {
  let text = '';
  await play(plainView({ write: (chunk) => (text += chunk) }, { now }), script);
  return text.trimEnd().split('\n');
}
const progress = (text: string, id = 'drain'): Cue => ({ afterMs: 0, event: { type: 'step-progress', id, text } });

describe('plainView', () => {
  it('is a line with the UTC time for everything that happens', async () => {
    const lines = await linesOf(demoScripts.success());
    expect(lines.every((line) => /^02:10:00 (stage|vacate|switch|prove|give-back|result) +\S/.test(line))).toBe(true);
    expect(lines.slice(0, 5)).toEqual([
      '02:10:00 stage    phase    Prepare containerd while w1 serves on Docker (6 steps)',
      '02:10:00 stage    start    Keep containerd 1.6.20 from being removed with Docker',
      '02:10:00 stage    done     Keep containerd 1.6.20 from being removed with Docker (0.9 s)',
      '02:10:00 stage    start    Load overlay and br_netfilter, set the sysctls of pod networks',
      '02:10:00 stage    already  Load overlay and br_netfilter, set the sysctls of pod networks',
    ]);
    expect(lines).toContain('02:10:00 switch   dark     The kubelet is stopped: dark until the node is Ready again');
    expect(lines).toContain('02:10:00 prove    light    The node is Ready after 7.1 s of dark');
    expect(lines.at(-2)).toMatch(/^02:10:00 result +w1 moved from docker:\/\/20\.10\.24 to containerd:\/\/1\.6\.20\.$/);
  });

  it('prefixes every line of a message, and says in a rollback what is undone', async () => {
    const lines = await linesOf(demoScripts.rollback());
    expect(lines.filter((line) => line.startsWith('02:10:00 switch   FAILED   '))).toHaveLength(2);
    expect(lines).toContain('02:10:00 rollback undone   Undo: Cordon w1 (20 ms)');
    expect(lines.every((line) => line.startsWith('02:10:00 '))).toBe(true);
  });

  it('says progress when it changes, and what only counts at most every ten seconds', async () => {
    let time = NIGHT;
    const texts = [
      '3 of 14 images',
      '4 of 14 images',
      'waiting for a',
      'waiting for a',
      '5 of 14 images',
      '9 of 14 images',
      '9 of 14 images',
    ];
    const said: string[] = [];
    const view = plainView({ write: (chunk) => said.push(chunk.trim().slice(18)) }, { now: () => time });
    for (const text of texts) {
      time += 3000;
      view.sink(progress(text).event);
    }
    await view.finish();
    expect(said).toEqual(['...      3 of 14 images', '...      waiting for a', '...      5 of 14 images']);
  });

  it('keeps the progress of two steps apart', async () => {
    const lines = await linesOf([progress('waiting', 'a'), progress('waiting', 'b'), progress('waiting', 'b')]);
    expect(lines).toHaveLength(2);
  });

  it('tells of an interruption', () => {
    let text = '';
    plainView({ write: (chunk) => (text += chunk) }, { now: () => NIGHT }).interrupt('Stopping after this step.');
    expect(text).toBe('02:10:00          signal   Stopping after this step.\n');
  });

  it('lets no name or message steer the terminal', async () => {
    const script = demoScripts
      .rollback()
      .map(({ afterMs, event }) => ({ afterMs, event: poisoned(event, ['type', 'status', 'outcome']) }));
    const lines = await linesOf(script);
    expect(steering(lines.join('\n'))).toEqual([]);
    expect(lines.every((line) => line.startsWith('02:10:00 '))).toBe(true);
  });
});
