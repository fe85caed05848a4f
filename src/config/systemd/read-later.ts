import { baseName } from '../../core/base-name.js';

/** Whether systemd reads a drop-in after another: by their names alone, and after the unit itself. */
export const readLater = (path: string, than: string): boolean =>
  /\.d\/[^/]+$/.test(path) && (baseName(path) > baseName(than) || path.startsWith('/etc/systemd/system.control/'));
