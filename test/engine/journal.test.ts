import { afterEach, expect, test, vi } from 'vitest';
import { planPaths } from '../../src/core/node-paths.js';
import { openJournal } from '../../src/engine/journal-file.js';
import { standardWorld } from '../fakes/standard-world.js';
import { NODE, session } from './session.js';

afterEach(() => void vi.unstubAllGlobals());

const { journal: PATH } = planPaths('w1-plan');
const LINES = [
  '{"at":"2024-05-01T12:00:00.000Z","event":"started","by":"alice","version":"1"}',
  '{"at":"2024-05-01T12:00:01.000Z","event":"applying","step":"a"}',
];

async function nodeWith(text: string) {
  const world = await standardWorld('shared');
  world.machine(NODE).files.write(PATH, text);
  const { env } = session(world).operator;
  return { open: () => openJournal(env.host, 'w1-plan', env.clock), text: () => world.machine(NODE).files.text(PATH) };
}

test('a last line that a power cut tore is as if it had not been, and what follows begins a line of its own', async () => {
  const { open, text } = await nodeWith(`${LINES.join('\n')}\n{"at":"2024-05-01T12:00:02.000Z","eve`);
  const journal = await open();
  expect(journal.state().steps.get('a')?.state).toBe('applying');
  await journal.append({ event: 'verified', step: 'a', ms: 1 });
  expect(text()?.split('\n').slice(0, 2)).toEqual(LINES);
  expect((await open()).state().steps.get('a')?.state).toBe('verified');
});

test('a last line that is whole but for its end is not trusted either', async () => {
  const { open } = await nodeWith(LINES.join('\n'));
  expect((await open()).state().steps.get('a')).toBeUndefined();
});

test('damage in the middle is reported, with its file, line and node', async () => {
  const { open } = await nodeWith(`${LINES[0] ?? ''}\n{"at":"2024-05-01\n${LINES[1] ?? ''}\n`);
  await expect(open()).rejects.toThrow(`${PATH} on w1 cannot be read: line 2 of the journal is damaged`);
});

test('what is appended later is on the disk with the next append, in order', async () => {
  const { open, text } = await nodeWith('');
  const journal = await open();
  journal.appendLater({ event: 'unneeded', step: 'a' });
  expect(text()).toBe('');
  await journal.append({ event: 'applying', step: 'b' });
  expect(text()?.match(/"step":"."/g)).toEqual(['"step":"a"', '"step":"b"']);
});

test('bytes are kept once, beside the journal, for root alone', async () => {
  const world = await standardWorld('shared');
  const { env, calls } = session(world).operator;
  const journal = await openJournal(env.host, 'w1-plan', env.clock);
  const digest = await journal.keep(Buffer.from('former'));
  await journal.keep(Buffer.from('former'));
  expect(calls).toHaveLength(1);
  expect(world.machine(NODE).files.entry(planPaths('w1-plan').backup(digest))).toMatchObject({ mode: 0o600 });
});
