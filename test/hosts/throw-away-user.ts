import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

export interface ThrowAwayUser {
  readonly name: string;
  readonly home: string;
  remove(): Promise<void>;
}

/** A login user of this machine with a random name; `sudoers` is what follows its name there. */
export async function throwAwayUser(sudoers: string | undefined, shell = '/bin/bash'): Promise<ThrowAwayUser> {
  const name = `mig${randomBytes(5).toString('hex')}`;
  const home = `/home/${name}`;
  const rule = `/etc/sudoers.d/${name}`;
  // A password of "*" lets nobody in by password, and unlike "!" does not lock the account for sshd.
  await execa('useradd', ['--create-home', '--home-dir', home, '--shell', shell, '--password', '*', name]);
  if (sudoers !== undefined) await writeFile(rule, `${name} ${sudoers}\n`, { mode: 0o440 });
  return {
    name,
    home,
    remove: async () => {
      await rm(rule, { force: true });
      // A process of the user may take a moment to end after its session did.
      await execa('userdel', ['--remove', '--force', name], { reject: false });
    },
  };
}
