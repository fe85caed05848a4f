import type { Gate } from '../gate.js';
export const gates: readonly Gate[] = [];
