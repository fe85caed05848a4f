import { accessSync, constants } from 'node:fs';

const WHERE = {
  root: undefined,
  sshd: '/usr/sbin/sshd',
  ssh: '/usr/bin/ssh',
  sudo: '/usr/bin/sudo',
  useradd: '/usr/sbin/useradd',
  socat: '/usr/bin/socat',
  python3: '/usr/bin/python3',
  perl: '/usr/bin/perl',
  nc: '/usr/bin/nc',
  bash: '/usr/bin/bash',
  dash: '/usr/bin/dash',
  busybox: '/usr/bin/busybox',
} as const;

/** What of these this machine lacks, as the end of a suite's title; empty when it has all. */
export function missing(...needs: (keyof typeof WHERE)[]): string {
  const lacking = needs.filter((need) => {
    const file = WHERE[need];
    return file === undefined ? process.getuid?.() !== 0 : !isExecutable(file);
  });
  return lacking.length === 0 ? '' : ` (skipped: this machine has no ${lacking.join(', no ')})`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
