import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LabLayout } from './lab-layout.js';
import type { NodeRecord } from './node-spec.js';

/** An operator's own OpenSSH client configuration for all nodes, with their real host keys. */
export function writeSshConfig(layout: LabLayout): void {
  const records = readdirSync(layout.nodesDir)
    .map((name) => path.join(layout.nodeDir(name), 'node.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as NodeRecord)
    .filter(({ hostKey }) => hostKey !== undefined);
  const host = ({ name, address }: NodeRecord): string => `Host ${name}
  HostName ${address}
  HostKeyAlias ${name}
  User root
  IdentityFile ${layout.sshKey}
  IdentitiesOnly yes
  UserKnownHostsFile ${layout.knownHosts}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
`;
  replace(layout.knownHosts, records.map(({ name, hostKey }) => `${name} ${hostKey ?? ''}\n`).join(''));
  replace(layout.sshConfig, records.map(host).join('\n'));
}

function replace(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
