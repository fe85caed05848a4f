import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import type { MigrateEnd } from './start-migrate.js';

labSuite('wrong input', (lab) => {
  let node: LabNode;
  let before: Fingerprint;
  let planText: string;
  const scratch = mkdtempSync(path.join(tmpdir(), 'lab-input-'));
  const file = (name: string, content: string): string => {
    writeFileSync(path.join(scratch, name), content);
    return path.join(scratch, name);
  };

  beforeAll(async () => {
    node = await lab().addNode('f1');
    before = await node.fingerprint();
    const planFile = path.join(scratch, 'plan.json');
    const run = await migrate(lab(), 'plan', 'f1', '-o', planFile);
    expect(run.exitCode, run.stderr).toBe(0);
    planText = readFileSync(planFile, 'utf8');
  }, 300_000);
  afterAll(() => rmSync(scratch, { recursive: true }));

  /** One error that names the thing, perhaps a hint, and nothing a person cannot read. */
  const isRefused = async ({ exitCode, stdout, stderr }: MigrateEnd, names: RegExp): Promise<void> => {
    expect(exitCode, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.match(/^error: /gm), stderr).toHaveLength(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(names);
    expect(stderr).not.toMatch(/^\s+at |node:internal|This is a bug/m);
    expect(await node.fingerprint()).toEqual(before);
    expect(await node.exists('/var/lib/dockershim-migrate')).toBe(false);
  };
  /** The lab's way to its nodes, with one line of it exchanged. */
  const sshConfig = (change: (text: string) => string): { kubeconfig: string; sshConfig: string } => ({
    kubeconfig: lab().kubeconfig,
    sshConfig: file('ssh_config', change(readFileSync(lab().sshConfig, 'utf8'))),
  });
  const kubeconfig = (path: string): { kubeconfig: string; sshConfig: string } => ({
    kubeconfig: path,
    sshConfig: lab().sshConfig,
  });

  it('a node that the cluster does not have', async () => {
    await isRefused(await migrate(lab(), 'node', 'f9', '--yes'), /has no node f9.*It has f1/);
    await isRefused(await migrate(lab(), 'plan', '$(reboot)'), /has no node \$\(reboot\)/);
  });

  it('no --yes where there is no terminal to ask on', async () => {
    await isRefused(await migrate(lab(), 'node', 'f1'), /no terminal.*--yes/);
  });

  it('a host that nobody answers for', async () => {
    const nowhere = sshConfig((text) => text.replace(/HostName .*/, 'HostName 127.0.0.1\n  Port 9'));
    await isRefused(await migrate(nowhere, 'node', 'f1', '--yes'), /f1: nothing listens at 127\.0\.0\.1 port 9/);
  });

  it('a host whose key is another than the one that is known', async () => {
    const other = await node.read('/etc/ssh/ssh_host_rsa_key.pub').catch(() => '');
    const strange = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
    expect(other).not.toContain(strange);
    const known = file('known_hosts', `f1 ${strange}\n`);
    const wrong = sshConfig((text) => text.replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${known}`));
    await isRefused(await migrate(wrong, 'node', 'f1', '--yes'), /f1.*host key/i);
  });

  it('a kubeconfig that is not there, is no YAML, or leads nowhere', async () => {
    const missing = path.join(scratch, 'missing.yaml');
    await isRefused(await migrate(kubeconfig(missing), 'node', 'f1', '--yes'), new RegExp(missing));
    const noYaml = file('no.yaml', 'clusters: [\n');
    await isRefused(await migrate(kubeconfig(noYaml), 'node', 'f1', '--yes'), new RegExp(noYaml));
    const text = readFileSync(lab().kubeconfig, 'utf8');
    const nowhere = file('nowhere.yaml', text.replace(/server: .*/, 'server: https://127.0.0.1:9'));
    await isRefused(await migrate(kubeconfig(nowhere), 'node', 'f1', '--yes'), /127\.0\.0\.1:9/);
  });

  it('a plan that is truncated, edited by hand, of another version, or not there', async () => {
    const plan = JSON.parse(planText) as { apiVersion: string; nodes: { files: { path: string }[] }[] };
    const withPlan = (file: string): Promise<MigrateEnd> => migrate(lab(), 'node', 'f1', '--yes', '--plan', file);
    await isRefused(await withPlan(file('cut.json', planText.slice(0, -100))), /cut\.json.*truncated/);
    const edited = planText.replace('SystemdCgroup = false', 'SystemdCgroup = true');
    expect(edited).not.toBe(planText);
    await isRefused(await withPlan(file('edited.json', edited)), /edited\.json.*changed/);
    const newer = JSON.stringify({ ...plan, apiVersion: 'dockershim-migrate.io/v9' });
    await isRefused(await withPlan(file('newer.json', newer)), /newer\.json.*v9/);
    await isRefused(await withPlan(path.join(scratch, 'none.json')), /none\.json/);
  });

  it('a plan for another node', async () => {
    const plan = file('plan.json', planText);
    await isRefused(await migrate(lab(), 'node', 'f9', '--yes', '--plan', plan), /no plan for f9.*f1/);
  });

  it('a resume and a rollback of what never began', async () => {
    await isRefused(await migrate(lab(), 'resume', 'f1', '--yes'), /f1 has no journal/);
    await isRefused(await migrate(lab(), 'rollback', 'f1', '--yes'), /f1 has no journal/);
  });

  it('a daemon.json that does not parse', async () => {
    await node.write('/etc/docker/daemon.json', '{ "live-restore": true,\n');
    try {
      const run = await migrate(lab(), 'node', 'f1', '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(4);
      expect(run.result().outcome).toBe('blocked');
      expect(run.result().errors.join('\n')).toContain('/etc/docker/daemon.json');
    } finally {
      await node.exec(['rm', '/etc/docker/daemon.json']);
    }
    expect(await node.fingerprint()).toEqual(before);
  });
});
