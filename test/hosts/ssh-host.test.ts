import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe } from 'vitest';
import { sshHost } from '../../src/hosts/ssh-host.js';
import { hostContract } from './host-contract.js';
import { missing } from './missing.js';
import { sshd, type TestSshd } from './sshd.js';
import { throwAwayUser, type ThrowAwayUser } from './throw-away-user.js';

const lacking = missing('root', 'ssh', 'sshd');
const noUser = missing('root', 'ssh', 'sshd', 'sudo', 'useradd');

describe.skipIf(lacking !== '')(`sshHost as root${lacking}`, () => {
  let server: TestSshd;
  beforeAll(async () => {
    server = await sshd();
  });
  afterAll(() => server?.close());
  hostContract('over ssh', () => sshHost({ name: 'w1', destination: 'node', sshConfigFile: server.config }));
});

describe.skipIf(lacking !== '')(`sshHost where sshd forwards no sockets and shares no connection${lacking}`, () => {
  let server: TestSshd;
  beforeAll(async () => {
    server = await sshd(['AllowStreamLocalForwarding no', 'MaxSessions 2']);
  });
  afterAll(() => server?.close());
  hostContract('over ssh', () => sshHost({ name: 'w1', destination: 'node', sshConfigFile: server.config }));
});

describe.skipIf(noUser !== '')(`sshHost as a user with sudo and a talkative shell${noUser}`, () => {
  let server: TestSshd;
  let user: ThrowAwayUser;
  beforeAll(async () => {
    server = await sshd(['SetEnv SHLVL=0', 'Banner /etc/debian_version']);
    user = await throwAwayUser('ALL=(ALL) NOPASSWD: ALL');
    await writeFile(`${user.home}/.bashrc`, 'echo "Welcome to this node"; echo "Maintained by ops" >&2\n');
  });
  afterAll(async () => {
    await server?.close();
    await user?.remove();
  });
  hostContract('over ssh', () =>
    sshHost({ name: 'w1', destination: 'node', user: user.name, sshConfigFile: server.config }),
  );
});
