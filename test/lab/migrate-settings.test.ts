import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MigrationPlan } from '../../src/core/plan.js';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { pki } from './pki.js';
import type { NodeSpec } from './node-spec.js';
import { registryAvailable, startRegistry, type Registry } from './registry.js';
import { waitFor } from './wait-for.js';

interface Case {
  readonly target: 'containerd' | 'crio';
  readonly name: string;
  readonly spec: NodeSpec;
  readonly unit: string;
  /** Where its images are: beside Docker's data on the other disk, unless Docker's containers run in the same containerd. */
  readonly store: string;
}

const CASES: readonly Case[] = [
  { target: 'containerd', name: 's1', spec: {}, unit: 'containerd.service', store: '/var/lib/containerd' },
  {
    target: 'crio',
    name: 's2',
    spec: { cgroupDriver: 'systemd', crio: true },
    unit: 'crio.service',
    store: '/data/crio/storage',
  },
];
const LOGIN = { user: 'robot', password: 'p@ss/w0rd"$' };
const PROXY_PASSWORD = 's3cr%40et';
const PRIVATE_HOST = 'registry.private.lab';
const available = await registryAvailable();

describe.skipIf(!available.ok)(available.ok ? 'with registries' : `with registries (skipped: ${available.why})`, () => {
  labSuite('every setting of Docker comes along', (lab) => {
    let registries: { readonly mirror: Registry; readonly insecure: Registry; readonly trusted: Registry };
    const scratch = mkdtempSync(path.join(tmpdir(), 'lab-settings-'));

    beforeAll(async () => {
      const { issue } = pki(lab().layout.pkiDir);
      const [mirror, insecure, trusted] = await Promise.all([
        startRegistry(lab(), { name: 'mirror', port: 5000 }),
        startRegistry(lab(), {
          name: 'insecure',
          port: 5001,
          tls: await issue('insecure', '/CN=elsewhere', 'DNS:elsewhere'),
        }),
        startRegistry(lab(), {
          name: 'trusted',
          port: 5002,
          tls: await issue('trusted', `/CN=${PRIVATE_HOST}`, `DNS:${PRIVATE_HOST}`),
          login: LOGIN,
        }),
      ]);
      registries = { mirror, insecure, trusted };
      await Promise.all([mirror.push('library/mirrored:1'), insecure.push('app:1'), trusted.push('app:1')]);
    }, 120_000);
    afterAll(async () => {
      await Promise.all(Object.values(registries).map((registry) => registry.stop()));
      rmSync(scratch, { recursive: true });
    });

    for (const { target, name, spec, unit, store } of CASES)
      describe.concurrent(`to ${target}`, () => {
        let node: LabNode;
        let before: Fingerprint;
        let planText: string;
        const planFile = path.join(scratch, `${target}.json`);
        const images = (): Readonly<Record<string, string>> => ({
          mirrored: 'mirrored:1',
          insecure: `${registries.insecure.address}/app:1`,
          trusted: `${PRIVATE_HOST}:5002/app:1`,
        });

        beforeAll(async () => {
          node = await lab().addNode(name, spec);
          await configureDocker(node, lab().layout.gateway, registries, pki(lab().layout.pkiDir).ca());
          before = await node.fingerprint();
        }, 300_000);

        it.sequential('Docker itself pulls from all three', async () => {
          for (const image of Object.values(images()))
            await node.exec(['docker', '--config', '/root/.docker', 'pull', '-q', image]);
          await node.exec(['docker', 'rmi', ...Object.values(images())]);
        });

        it.sequential('plans it, with a table of all that Docker is told, and no secret', async () => {
          const run = await migrate(lab(), 'plan', name, '--target', target, '-o', planFile, '--format', 'json');
          expect(run.exitCode, run.stdout + run.stderr).toBe(0);
          planText = readFileSync(planFile, 'utf8');
          const plan = (JSON.parse(planText) as MigrationPlan).nodes[0];
          const keys = plan?.settings.map(({ key }) => key.split('.')[0]) ?? [];
          for (const key of [
            'registry-mirrors',
            'insecure-registries',
            'data-root',
            'log-opts',
            'default-ulimits',
            'runtimes',
          ])
            expect(keys, key).toContain(key);
          expect(planText).not.toContain(PROXY_PASSWORD);
          expect(planText).not.toContain(Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64'));
        });

        it.sequential('moves the node', async () => {
          const run = await migrate(lab(), 'node', name, '--plan', planFile, '--yes', '--format', 'json');
          expect(run.exitCode, run.stdout + run.stderr).toBe(0);
          expect(run.result()).toMatchObject({ outcome: 'migrated', errors: [] });
        });

        it.sequential(
          'pulls through the mirror, from the insecure registry, and from the one with a CA and a login',
          async () => {
            const pods = Object.entries(images()).map(([pod, image]) => sleeper(`${name}-${pod}`, name, image));
            await lab().apply(pods);
            await waitFor('the pods to run', 120_000, async () => {
              for (const pod of Object.keys(images())) await mustRunNow(lab().kubectl, `${name}-${pod}`);
              return true;
            });
          },
        );

        it.sequential("runs a pod with Docker's extra runtime as its RuntimeClass", async () => {
          await lab().apply([
            { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'custom' }, handler: 'custom' },
            sleeper(`${name}-custom`, name, images()['mirrored'] ?? '', { runtimeClassName: 'custom' }),
          ]);
          await waitFor('the pod to run', 60_000, () => mustRunNow(lab().kubectl, `${name}-custom`));
        });

        it.sequential('gives containers the limits that Docker gave them, and their logs the rotation', async () => {
          const log = await node.exec(`cat /var/log/pods/default_${name}-mirrored_*/app/0.log`);
          // Debian's containerd is built with a Go that raises the soft limit, which the plan announces.
          expect(log).toMatch(target === 'crio' ? /^\S+ stdout F 2048:4096$/m : /^\S+ stdout F (2048|4096):4096$/m);
          const config = await node.read('/var/lib/kubelet/config.yaml');
          expect(config).toContain('containerLogMaxSize: 10M\n');
          expect(config).toContain('containerLogMaxFiles: 3\n');
        });

        it.sequential('keeps images where the plan says, and the proxy that Docker had', async () => {
          expect((await node.exec(['ls', store])).trim()).not.toBe('');
          const environment = await node.exec(['systemctl', 'show', '--property=Environment', unit]);
          expect(environment).toContain(`HTTPS_PROXY=http://proxy:${PROXY_PASSWORD}@10.255.255.1:3128`);
          expect((await node.exec('cat /etc/systemd/system/*.service.d/http-proxy.conf | wc -l')).trim()).not.toBe('0');
          const modes = await node.exec(
            `stat -c %a /etc/systemd/system/${unit}.d/http-proxy.conf /var/lib/kubelet/config.json`,
          );
          expect(modes.trim().split('\n')).toEqual(['600', '600']);
        });

        it.sequential('wrote no secret down', async () => {
          const found = await node.exec(
            `grep -rlF -e '${PROXY_PASSWORD}' -e ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')} /var/lib/dockershim-migrate --include=journal* --include=plan* || :`,
          );
          expect(found).toBe('');
        });

        it.sequential('goes back, every file and unit as before', async () => {
          await lab().kubectl([
            'delete',
            'pod',
            ...[...Object.keys(images()), 'custom'].map((pod) => `${name}-${pod}`),
            '--wait=false',
          ]);
          const run = await migrate(lab(), 'rollback', name, '--yes', '--format', 'json');
          expect(run.exitCode, run.stdout + run.stderr).toBe(0);
          expect(await node.fingerprint()).toEqual(before);
          expect(await node.waitReady()).toContain('docker://');
        });
      });
  });
});

/** Docker as an administrator of some years would have left it. */
async function configureDocker(
  node: LabNode,
  gateway: string,
  { mirror, insecure }: { readonly mirror: Registry; readonly insecure: Registry },
  ca: string,
): Promise<void> {
  await node.exec('systemctl stop kubelet docker docker.socket; mkdir -p /data; mv /var/lib/docker /data/docker');
  const was = JSON.parse(await node.read('/etc/docker/daemon.json').catch(() => '{}')) as object;
  const daemonJson = {
    ...was,
    'data-root': '/data/docker',
    'registry-mirrors': [`http://${mirror.address}/`],
    'insecure-registries': [insecure.address],
    'log-opts': { 'max-size': '10m', 'max-file': '3' },
    'default-ulimits': { nofile: { Name: 'nofile', Soft: 2048, Hard: 4096 } },
    runtimes: { custom: { path: '/usr/local/sbin/runc' } },
  };
  await node.write('/etc/docker/daemon.json', JSON.stringify(daemonJson, null, 2));
  await node.write(`/etc/docker/certs.d/${PRIVATE_HOST}:5002/ca.crt`, ca);
  const auth = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64');
  await node.write(
    '/root/.docker/config.json',
    JSON.stringify({ auths: { [`${PRIVATE_HOST}:5002`]: { auth } } }),
    0o600,
  );
  const proxy = `http://proxy:${PROXY_PASSWORD.replaceAll('%', '%%')}@10.255.255.1:3128`;
  await node.write(
    '/etc/systemd/system/docker.service.d/http-proxy.conf',
    `[Service]\nEnvironment="HTTP_PROXY=${proxy}" "HTTPS_PROXY=${proxy}"\nEnvironment="NO_PROXY=${gateway},.private.lab"\n`,
    0o600,
  );
  await node.write('/etc/hosts', `${await node.read('/etc/hosts')}${gateway} ${PRIVATE_HOST}\n`);
  await node.exec('systemctl daemon-reload; systemctl start docker.socket docker kubelet');
  await node.waitReady();
}

const sleeper = (pod: string, node: string, image: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: pod },
  spec: {
    nodeName: node,
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: 'app',
        image,
        imagePullPolicy: 'Always',
        command: ['/bin/sh', '-c', 'echo $(ulimit -Sn):$(ulimit -Hn); exec sleep 3600'],
      },
    ],
    ...spec,
  },
});

async function mustRunNow(kubectl: (args: string[]) => Promise<string>, pod: string): Promise<true> {
  const status = JSON.parse(await kubectl(['get', 'pod', pod, '-o', 'json'])) as {
    readonly status: { readonly phase: string; readonly containerStatuses?: readonly { readonly state: object }[] };
  };
  if (status.status.phase === 'Running') return true;
  throw new Error(`${pod} is ${status.status.phase}: ${JSON.stringify(status.status.containerStatuses?.[0]?.state)}`);
}
