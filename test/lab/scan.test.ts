import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { ScanReport } from '../../src/core/scan-report.js';
import { kubeconfig } from './kubeconfig.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { pki } from './pki.js';
import { podsOn } from './pods-on.js';
import { waitFor } from './wait-for.js';
import { appPodSpec } from './workloads/app-pod-spec.js';
import { dockerClient } from './workloads/docker-client.js';
import { injectedPod, PASSWORD, PLAIN_CRON_JOB, SCAN_WORKLOADS } from './workloads/scan-workloads.js';
import { staticPod } from './workloads/static-pod.js';

const SETUP_MS = 300_000;
const DATA_ROOT = '/srv/docker';

labSuite('migrate scan', (lab) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'lab-scan-'));
  let node: LabNode;

  const scan = async (args: readonly string[], as: { readonly kubeconfig: string } = lab()) => {
    const end = await migrate({ ...lab(), ...as }, 'scan', ...args, '--format', 'json');
    const report = (): ScanReport => {
      if (!end.stdout.startsWith('{')) throw new Error(`no report, exit code ${end.exitCode}: ${end.stderr}`);
      return JSON.parse(end.stdout) as ScanReport;
    };
    return { ...end, report: report() };
  };
  const uidOf = async (kind: string, name: string): Promise<string> =>
    lab().kubectl(['get', kind, name, '-o', 'jsonpath={.metadata.uid}']);

  beforeAll(async () => {
    [node] = await Promise.all([lab().addNode('s1'), lab().apply([...SCAN_WORKLOADS, PLAIN_CRON_JOB])]);
    // With its images, which come from nowhere else.
    const moved = `systemctl stop kubelet docker.socket docker; mv /var/lib/docker ${DATA_ROOT}
      mkdir -p /etc/docker; printf '{"data-root":"${DATA_ROOT}"}' > /etc/docker/daemon.json
      systemctl start docker kubelet`;
    await node.exec(moved, { what: 'moving the data root' });
    const file = staticPod('watcher', { namespace: 'kube-system', ...dockerClient });
    await node.write(file.path, file.content);
    await lab().apply(injectedPod({ kind: 'CronJob', name: 'report', uid: await uidOf('cronjob', 'report') }));
    await waitFor(
      'the pods to run',
      90_000,
      async () => {
        const running = (await podsOn(lab().kubectl, 's1')).filter(({ runs }) => runs).map(({ name }) => name);
        return ['agent-', 'watcher-s1', 'bare', 'injected'].every((one) =>
          running.some((name) => name.startsWith(one)),
        );
      },
      1_000,
    );
  }, SETUP_MS);
  afterAll(() => rmSync(scratch, { recursive: true }));

  const byRule = ({ findings }: ScanReport, ruleId: string): readonly Finding[] =>
    findings.filter((finding) => finding.ruleId === ruleId);
  const named = ({ object }: Finding): string => `${object.kind} ${object.name}`;

  it('finds the socket in the cluster, whatever holds it and whether or not it runs', async () => {
    const { exitCode, report } = await scan(['--cluster']);
    expect(exitCode).toBe(1);
    const sockets = byRule(report, 'docker-sock');
    expect(sockets.map(named).sort()).toEqual([
      'CronJob prune',
      'CronJob report',
      'DaemonSet agent',
      'Deployment idle',
      'Pod bare',
      'Pod watcher-s1',
    ]);
    expect(sockets.find((one) => named(one) === 'DaemonSet agent')).toMatchObject({
      pods: 1,
      container: 'app',
      owners: ['DaemonSet/agent', expect.stringMatching(/^Pod\/agent-/)],
    });
    expect(sockets.find((one) => named(one) === 'Deployment idle')?.pods).toBeUndefined();
    const injected = sockets.find((one) => named(one) === 'CronJob report');
    expect(injected).toMatchObject({ message: expect.stringContaining('not in the template'), pods: 1 });
    expect(byRule(report, 'docker-log-parser').map(named)).toEqual(['ConfigMap fluentd']);
    expect(byRule(report, 'seccomp-docker-default').map(named)).toEqual(['PodSecurityPolicy agents']);
    expect(byRule(report, 'node-runtime-docker').map(named)).toEqual(['Node s1']);
    expect(report.undecided).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(JSON.stringify(report)).not.toMatch(/"(?:Secret|monitoring)/);
  });

  it('finds it in Secrets and releases when asked, and shows nothing of them', async () => {
    const html = path.join(scratch, 'report.html');
    const args = ['--cluster', '--secrets', '--helm-releases', '--format', 'html', '--output', html];
    const { report, stdout, stderr } = await scan([...args, '--debug']);
    expect(report.errors).toEqual([]);
    const inSecret = report.findings.filter(({ object }) => object.kind === 'Secret');
    expect(inSecret.map(({ ruleId, object }) => `${ruleId} ${object.name}`)).toContain('docker-sock runner');
    const released = report.findings.filter(({ message }) => message.includes('in release monitoring of Helm'));
    // The DaemonSet is in the cluster, too, and told once.
    expect([...new Set(released.map(named))].sort()).toEqual(['DaemonSet agent', 'Pod cadvisor']);
    expect(byRule(report, 'docker-sock').filter((one) => named(one) === 'DaemonSet agent')).toMatchObject([
      { pods: 1 },
    ]);
    const shown = stdout + stderr + readFileSync(html, 'utf8');
    expect(shown).toContain('docker-sock');
    expect(shown).not.toContain(PASSWORD);
    expect(shown).not.toContain(Buffer.from(PASSWORD).toString('base64').slice(0, 24));
  });

  it('names the process that holds the socket on a node, and its pod', async () => {
    const { exitCode, report } = await scan(['--nodes', 's1']);
    expect(exitCode).toBe(1);
    const [{ name: agent = '' } = {}] = (await podsOn(lab().kubectl, 's1')).filter(({ name }) =>
      name.startsWith('agent-'),
    );
    const users = byRule(report, 'docker-sock-user');
    expect(users.map(({ object, container }) => ({ ...object, container }))).toEqual([
      { kind: 'Pod', namespace: 'default', name: agent, container: 'app' },
      { kind: 'Pod', namespace: 'kube-system', name: 'watcher-s1', container: 'app' },
    ]);
    const pid = (
      await node.exec([
        'sh',
        '-c',
        'docker ps -q --filter name=k8s_app_agent- | xargs docker inspect -f {{.State.Pid}}',
      ])
    ).trim();
    expect(users[0]?.message).toMatch(
      new RegExp(`^Process docker \\(pid ${pid}\\) of pod default/${agent} on node s1 is connected`),
    );

    // The node's own units and the kubelet's connections are no findings; the flags of its kubelet are.
    const files = report.findings.map(({ ruleId, file }) => `${ruleId} ${file ?? ''}`);
    expect(files).toContain('kubelet-flag s1:/var/lib/kubelet/kubeadm-flags.env');
    expect(files.filter((one) => /\/(?:docker|containerd)\.(?:service|socket)/.test(one))).toEqual([]);
    expect(report.findings.map(({ message }) => message).filter((message) => /kubelet \(pid/.test(message))).toEqual(
      [],
    );
    expect(report.undecided).toEqual([]);
  });

  it('sees what a host runs beside Kubernetes', async () => {
    await node.exec(`useradd -G docker alice
      printf '*/5 * * * * root docker system prune -f\\n' > /etc/cron.d/prune
      mkdir -p /etc/systemd/system/kubelet.service.d
      printf '[Unit]\\nRequires=docker.service\\n' > /etc/systemd/system/kubelet.service.d/05-docker.conf
      printf '[Service]\\nExecStart=/usr/bin/docker events\\n' > /etc/systemd/system/events.service
      systemctl daemon-reload && systemctl start events
      docker run -d --name legacy -v /run:/var/run -v /usr:/usr -v /usr/lib:/lib -v /usr/lib64:/lib64 -e PATH=/usr/bin registry.lab/app:1 docker events`);
    const { report } = await scan(['--nodes']);
    const says = (ruleId: string) => byRule(report, ruleId).map(({ message }) => message);
    expect(says('docker-sock-user')).toContainEqual(
      expect.stringMatching(/docker \(pid \d+\) of events\.service on node s1/),
    );
    expect(says('docker-sock-user')).toContainEqual(
      expect.stringMatching(/docker \(pid \d+\) in container legacy, which/),
    );
    expect(says('docker-group')).toEqual([expect.stringContaining('alice')]);
    expect(byRule(report, 'node-container')).toMatchObject([{ evidence: 'legacy (running)' }]);
    expect(byRule(report, 'docker-cli-cmd').map(({ file }) => file)).toContain('s1:/etc/cron.d/prune');
    const kubelet = byRule(report, 'systemd-requires-docker');
    expect(kubelet.some(({ severity, message }) => severity === 'error' && message.includes('kubelet.service'))).toBe(
      true,
    );
    await node.exec(
      'docker rm -f legacy; systemctl stop events; rm /etc/systemd/system/kubelet.service.d/05-docker.conf; systemctl daemon-reload',
    );
  });

  it("knows Docker's data root from the nodes, for pods and for files", async () => {
    const volumes = [{ name: 'data', hostPath: { path: `${DATA_ROOT}/volumes-of-ci` } }];
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'layers', namespace: 'default' },
      spec: appPodSpec({ spec: { volumes }, container: { volumeMounts: [{ name: 'data', mountPath: '/data' }] } }),
    };
    const file = path.join(scratch, 'layers.json');
    writeFileSync(file, JSON.stringify(pod));
    await lab().apply(pod);
    const found = async (...args: string[]) =>
      byRule((await scan(args)).report, 'docker-data-root')
        .filter(({ object }) => object.name === 'layers')
        .map((one) => (typeof one.file === 'string' ? 'in the file' : 'in the cluster'))
        .sort();
    expect(await found(file, '--cluster')).toEqual([]);
    expect(await found(file, '--cluster', '--nodes')).toEqual(['in the cluster', 'in the file']);
  });

  it('goes on without the nodes that cannot be reached', async () => {
    await lab().apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'nowhere' } });
    const { report } = await scan(['--nodes']);
    await lab().kubectl(['delete', 'node', 'nowhere']);
    expect(report.undecided.filter(({ subject }) => subject === 'node nowhere')).toHaveLength(1);
    expect(report.undecided.filter(({ subject }) => subject === 'node s1')).toEqual([]);
    expect(byRule(report, 'docker-sock-user')).not.toEqual([]);
  });

  describe('with rights of its own', () => {
    let scanner: { readonly kubeconfig: string };

    beforeAll(async () => {
      const authority = pki(lab().layout.pkiDir);
      const certificate = await authority.issue('scanner', '/CN=scanner', 'DNS:scanner');
      scanner = { kubeconfig: path.join(scratch, 'scanner.kubeconfig') };
      const text = kubeconfig(lab().layout.apiServer, authority.ca(), 'scanner', certificate);
      writeFileSync(scanner.kubeconfig, text, { mode: 0o600 });
      const { stdout } = await migrate(lab(), 'scan', '--print-rbac', '--cluster', '--secrets');
      await lab().apply(stdout);
      await lab().kubectl([
        'create',
        'clusterrolebinding',
        'scanner',
        '--clusterrole=dockershim-migrate-scan',
        '--user=scanner',
      ]);
    }, SETUP_MS);

    const strict = ['--cluster', '--secrets', '--strict', '--fail-on', 'never'];

    it('needs no more than the role that it prints', async () => {
      const { exitCode, report } = await waitFor('the role to count', 20_000, async () => {
        const run = await scan(strict, scanner);
        return run.report.undecided.length === 0 && run;
      });
      expect(exitCode).toBe(0);
      const { report: whole } = await scan(['--cluster', '--secrets']);
      expect(report.findings).toEqual(whole.findings);
    });

    it('tells which kinds it may not list, and goes on', async () => {
      const role = JSON.parse(await lab().kubectl(['get', 'clusterrole', 'dockershim-migrate-scan', '-o', 'json'])) as {
        rules: { resources: string[] }[];
      };
      const taken = ['secrets', 'runners', 'daemonsets'];
      const rules = role.rules.map((rule) => ({
        ...rule,
        resources: rule.resources.filter((one) => !taken.includes(one)),
      }));
      await lab().apply({ ...role, rules: rules.filter(({ resources }) => resources.length > 0) });
      const { report } = await waitFor('the smaller role to count', 20_000, async () => {
        const run = await scan(strict, scanner);
        return run.exitCode === 3 && run;
      });
      expect(report.undecided.map(({ subject }) => subject).sort()).toEqual([
        'daemonsets.apps',
        'runners.ci.example.com',
        'secrets',
      ]);
      expect(report.undecided[0]?.why).toMatch(/forbid/);
      // The pods of the DaemonSet still tell, under its name.
      expect(byRule(report, 'docker-sock').map(named)).toContain('DaemonSet agent');
      const lenient = await migrate({ ...lab(), ...scanner }, 'scan', '--cluster', '--fail-on', 'never');
      expect(lenient.exitCode).toBe(0);
      expect(lenient.stdout).toMatch(/daemonsets\.apps: .*forbid/s);
    });
  });
});
