import { afterAll, beforeAll, describe } from 'vitest';
import { labAvailable } from './lab-available.js';
import { Lab } from './lab.js';

const MINUTE = 60_000;

/** A suite with a lab to itself; skipped where there can be none, with the reasons in its title. */
export function labSuite(title: string, body: (lab: () => Lab) => void): void {
  const available = labAvailable();
  describe.skipIf(!available.ok)(
    available.ok ? title : `${title} (skipped: ${available.why})`,
    { timeout: 5 * MINUTE },
    () => {
      let lab: Lab | undefined;
      beforeAll(async () => {
        lab = await Lab.start();
      }, 30 * MINUTE);
      afterAll(() => lab?.stop(), 3 * MINUTE);
      body(() => {
        if (lab === undefined) throw new Error('the lab is not up yet');
        return lab;
      });
    },
  );
}
