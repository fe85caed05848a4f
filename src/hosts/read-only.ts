import type { Host, ReadHost } from '../core/ports.js';
import { requireReading } from './require-reading.js';

/** The host without anything that could change it: not by type alone, the methods are not there. */
export function readOnly(host: Host | ReadHost): ReadHost {
  return Object.freeze({
    name: host.name,
    via: host.via,
    query: async (...[argv, options]: Parameters<ReadHost['query']>) => {
      requireReading(argv);
      return host.query(argv, options);
    },
    readFile: (path: string) => host.readFile(path),
    stat: (path: string) => host.stat(path),
    list: (path: string) => host.list(path),
    dial: (socketPath: string) => host.dial(socketPath),
  });
}
