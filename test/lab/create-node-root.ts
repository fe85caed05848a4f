import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { LabLayout } from './lab-layout.js';
import { mustRun } from './must-run.js';
import { nodeFiles } from './node-files.js';
import type { NodeRecord } from './node-spec.js';
import { pki } from './pki.js';
import { writeRootFiles } from './write-root-files.js';

/** Makes a node's root file system out of the base. Gives back the node's own ssh host key, for known_hosts. */
export async function createNodeRoot(layout: LabLayout, base: string, node: NodeRecord): Promise<string> {
  const complete = path.join(layout.nodeDir(node.name), 'root');
  const root = `${complete}.building`;
  const authority = pki(layout.pkiDir);
  const user = `system:node:${node.name}`;
  const [client] = await Promise.all([
    authority.issue(`node-${node.name}`, `/O=system:nodes/CN=${user}`, `DNS:${node.name},IP:${node.address}`),
    mustRun(['cp', '-a', '--reflink=auto', base, root], { timeoutMs: 300_000 }),
  ]);
  const kubelet = path.join(layout.kubeBin, 'kubelet');
  await mustRun(['cp', '-L', '--reflink=auto', kubelet, path.join(root, 'usr/bin/kubelet')]);
  writeRootFiles(root, nodeFiles(layout, node, authority.ca(), client, readFileSync(`${layout.sshKey}.pub`, 'utf8')));
  for (const dir of ['etc/kubernetes/manifests', 'etc/docker']) mkdirSync(path.join(root, dir), { recursive: true });
  chmodSync(path.join(root, 'root/.ssh'), 0o700);

  // As the kubelet leaves it after it has been given its certificate: a dated file, and a link to the current one.
  const kubeletPki = path.join(root, 'var/lib/kubelet/pki');
  const dated = `kubelet-client-${new Date().toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}.pem`;
  renameSync(path.join(kubeletPki, 'kubelet-client-current.pem'), path.join(kubeletPki, dated));
  symlinkSync(`/var/lib/kubelet/pki/${dated}`, path.join(kubeletPki, 'kubelet-client-current.pem'));

  const hostKey = path.join(root, 'etc/ssh/ssh_host_ed25519_key');
  await mustRun(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', `root@${node.name}`, '-f', hostKey]);
  renameSync(root, complete);
  return readFileSync(`${path.join(complete, 'etc/ssh/ssh_host_ed25519_key')}.pub`, 'utf8')
    .trim()
    .split(' ')
    .slice(0, 2)
    .join(' ');
}
