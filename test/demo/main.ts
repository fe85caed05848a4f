import { demo } from './demo.js';

// DEMO_SPEED says how many times faster than real time it goes; `max` is as fast as it can.
const wanted = process.env['DEMO_SPEED'] === 'max' ? Infinity : Number(process.env['DEMO_SPEED'] ?? NaN);
const watched = process.stderr.isTTY;
const pace = wanted > 0 ? wanted : watched ? 6 : Infinity;

const wrong = await demo({ pace, readingMs: watched ? 6000 / pace : 0 });
for (const sentence of wrong) process.stderr.write(`The demo did not go as it should: ${sentence}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
