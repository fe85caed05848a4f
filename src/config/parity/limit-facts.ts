import type { ParityFacts } from '../../core/parity.js';

/** How /proc calls what Docker and systemd call otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  'Max cpu time': 'cpu',
  'Max file size': 'fsize',
  'Max data size': 'data',
  'Max stack size': 'stack',
  'Max core file size': 'core',
  'Max resident set': 'rss',
  'Max processes': 'nproc',
  'Max open files': 'nofile',
  'Max locked memory': 'memlock',
  'Max address space': 'as',
  'Max file locks': 'locks',
  'Max pending signals': 'sigpending',
  'Max msgqueue size': 'msgqueue',
  'Max nice priority': 'nice',
  'Max realtime priority': 'rtprio',
  'Max realtime timeout': 'rttime',
};

/** Of /proc/<pid>/limits: `ulimit:nofile` → `1024:524288`, or one number where both are the same. */
export const limitFacts = (text: string): ParityFacts =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, title = '', soft = '', hard = ''] = /^(Max .*?)\s{2,}(\S+)\s+(\S+)/.exec(line) ?? [];
      const name = NAMES[title];
      return name === undefined ? [] : [[`ulimit:${name}`, soft === hard ? soft : `${soft}:${hard}`]];
    }),
  );
