import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { labId } from './lab-id.js';
import { LAB_HOME } from './lab-layout.js';
import { openLab, type OpenLab } from './open-lab.js';
import { takeLock } from './take-lock.js';

export interface Lab extends OpenLab {
  stop(): Promise<void>;
}

const QUEUE_MS = 30 * 60_000;
const GUARD = fileURLToPath(new URL('guard.ts', import.meta.url));

export const Lab = {
  /**
   * A lab for a test: fresh, this process's own, and gone with it however it ends. Test files that use the same number
   * wait for one another.
   */
  async start(id: number = labId(), say?: (text: string) => void): Promise<Lab> {
    const lab = openLab(id);
    const lock = await takeLock(lockFile(id), QUEUE_MS, [process.execPath, '--import', 'tsx', GUARD, String(id)]);
    let stopped = false;
    const stop = async (): Promise<void> => {
      if (stopped) return;
      await lab.down();
      stopped = true;
      await lock.release();
    };
    if (existsSync(byHandFile(lab))) {
      await lock.release();
      throw new Error(`lab ${id} was started by hand: take it down, or set LAB_ID to another number`);
    }
    try {
      await lab.down();
      await lab.up(say);
    } catch (error) {
      await stop();
      throw error;
    }
    return { ...lab, stop };
  },

  /** A lab that stays until somebody takes it down. */
  async startByHand(id: number, say: (text: string) => void): Promise<OpenLab> {
    const lab = openLab(id);
    const lock = await takeLock(lockFile(id), 1_000);
    try {
      await lab.up(say);
      writeFileSync(byHandFile(lab), '');
    } finally {
      await lock.release();
    }
    return lab;
  },
};

function lockFile(id: number): string {
  return path.join(LAB_HOME, `${id}.lock`);
}

function byHandFile(lab: OpenLab): string {
  return path.join(lab.layout.dir, 'by-hand');
}
