import { labId } from './lab-id.js';
import { openLab } from './open-lab.js';

// The keeper of the lock of a test's lab: takes the lab down, and only then lets go, when the test's process is no more.
console.log('held');
let heard = '';
process.stdin.setEncoding('utf8');
for await (const part of process.stdin) heard += String(part);
if (heard !== 'released') await openLab(labId(process.argv[2])).down();
