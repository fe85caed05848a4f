import { copyFileSync, chmodSync } from 'node:fs';
import path from 'node:path';

const SHIPPED = new URL('../lab/base/runc', import.meta.url);

/**
 * Puts the lab's stand-in for runc into `directory`, executable wherever the sources lie, and returns its path: a machine
 * may lack CAP_SYS_RESOURCE, which runc would need for what it is asked.
 */
export function runcWrapper(directory: string): string {
  const file = path.join(directory, 'runc');
  copyFileSync(SHIPPED, file);
  chmodSync(file, 0o755);
  return file;
}
