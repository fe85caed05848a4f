import type { LabLayout } from './lab-layout.js';
import { mustRun } from './must-run.js';
import { run } from './run.js';

/** The one wire of a lab. This machine forwards nothing from it: the nodes reach each other and the API server. */
export function bridge(layout: LabLayout) {
  const exists = async (): Promise<boolean> => (await run(['ip', 'link', 'show', layout.bridge])).exitCode === 0;
  return {
    async up(): Promise<void> {
      if (!(await exists())) await mustRun(['ip', 'link', 'add', layout.bridge, 'type', 'bridge']);
      await mustRun(['ip', 'addr', 'replace', `${layout.gateway}/24`, 'dev', layout.bridge]);
      await mustRun(['ip', 'link', 'set', layout.bridge, 'up']);
    },
    /** With it go the nodes' ends that a killed machine may have left. */
    async down(): Promise<void> {
      if (!(await exists())) return;
      const ports = await mustRun(['ip', '-o', 'link', 'show', 'master', layout.bridge]);
      for (const [, port = ''] of ports.matchAll(/^\d+: ([^@:]+)/gm)) await run(['ip', 'link', 'del', port]);
      await mustRun(['ip', 'link', 'del', layout.bridge]);
    },
  };
}
