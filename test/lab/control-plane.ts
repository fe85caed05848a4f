import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { daemon } from './daemon.js';
import { GivenUp } from './given-up.js';
import { kubeconfig } from './kubeconfig.js';
import type { LabLayout } from './lab-layout.js';
import { mustRun } from './must-run.js';
import { pki } from './pki.js';
import { waitFor } from './wait-for.js';

export const CONTROL_PLANE_PARTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** etcd and the three Kubernetes processes, on this machine, on the lab's bridge and on loopback only. */
export function controlPlane(layout: LabLayout) {
  const { ports, gateway } = layout;
  const authority = pki(layout.pkiDir);
  const part = (name: (typeof CONTROL_PLANE_PARTS)[number]) =>
    daemon(path.join(layout.dir, `${name}.pid`), path.join(layout.logDir, `${name}.log`));
  const program = (name: (typeof CONTROL_PLANE_PARTS)[number]): string =>
    name === 'etcd' ? 'etcd' : path.join(layout.kubeBin, name);
  const readyz = (): Promise<string> =>
    mustRun(['kubectl', '--kubeconfig', layout.kubeconfig, 'get', '--raw', '/readyz', '--request-timeout=5s'], {
      what: 'readyz',
    });

  const credentials = async (): Promise<void> => {
    await authority.init();
    const names = `DNS:localhost,DNS:kubernetes,IP:127.0.0.1,IP:10.96.0.1,IP:${gateway}`;
    const [, admin] = await Promise.all([
      authority.issue('apiserver', '/CN=kube-apiserver', names),
      authority.issue('admin', '/O=system:masters/CN=kubernetes-admin', 'DNS:admin'),
    ]);
    const text = kubeconfig(layout.apiServer, authority.ca(), 'kubernetes-admin', admin);
    writeFileSync(layout.kubeconfig, text, { mode: 0o600 });
  };

  const argv = (): Record<(typeof CONTROL_PLANE_PARTS)[number], readonly string[]> => {
    const client = `http://127.0.0.1:${ports.etcdClient}`;
    const peer = `http://127.0.0.1:${ports.etcdPeer}`;
    const local = ['--bind-address=127.0.0.1', '--port=0', '--leader-elect=false', `--kubeconfig=${layout.kubeconfig}`];
    const { file } = authority;
    return {
      etcd: [
        ...[
          '--data-dir',
          path.join(layout.dir, 'etcd'),
          '--listen-client-urls',
          client,
          '--advertise-client-urls',
          client,
        ],
        ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
        ...['--unsafe-no-fsync', '--quota-backend-bytes', String(8 * 1024 ** 3)],
      ],
      'kube-apiserver': [
        ...[`--etcd-servers=${client}`, `--bind-address=${gateway}`, `--advertise-address=${gateway}`],
        ...[`--secure-port=${ports.apiServer}`, '--service-cluster-ip-range=10.96.0.0/16'],
        ...['--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction', '--allow-privileged=true'],
        ...[`--tls-cert-file=${file('apiserver.crt')}`, `--tls-private-key-file=${file('apiserver.key')}`],
        ...[`--client-ca-file=${authority.caFile}`, `--service-account-key-file=${file('sa.key')}`],
        ...[`--service-account-signing-key-file=${file('sa.key')}`, '--service-account-issuer=https://kubernetes'],
        ...['--kubelet-preferred-address-types=InternalIP', `--kubelet-client-certificate=${file('admin.crt')}`],
        ...[`--kubelet-client-key=${file('admin.key')}`, `--cert-dir=${layout.pkiDir}`],
      ],
      'kube-controller-manager': [
        ...[
          ...local,
          `--secure-port=${ports.controllers}`,
          `--cert-dir=${layout.pkiDir}`,
          '--node-monitor-grace-period=20s',
        ],
        ...[`--service-account-private-key-file=${file('sa.key')}`, `--root-ca-file=${authority.caFile}`],
      ],
      'kube-scheduler': [...local, `--secure-port=${ports.scheduler}`, `--cert-dir=${layout.pkiDir}`],
    };
  };

  const start = async (name: (typeof CONTROL_PLANE_PARTS)[number]): Promise<void> => {
    await part(name).start([program(name), ...argv()[name]]);
  };

  /** Whether a part's process is still there; the tail of its log when it is not, which is the reason a reader needs. */
  const alive = (name: (typeof CONTROL_PLANE_PARTS)[number]): void => {
    if (part(name).pid() !== undefined) return;
    const log = readFileSync(path.join(layout.logDir, `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-2)
      .join(' | ');
    throw new GivenUp(`${name} ended: ${log}`);
  };

  return {
    async up(): Promise<void> {
      mkdirSync(layout.logDir, { recursive: true });
      if (part('kube-apiserver').pid() === undefined) await credentials();
      await Promise.all([start('etcd'), start('kube-apiserver')]);
      await waitFor('the API server', 60_000, async () => {
        alive('etcd');
        alive('kube-apiserver');
        return readyz();
      });
      await Promise.all([start('kube-controller-manager'), start('kube-scheduler')]);
      const account = ['kubectl', '--kubeconfig', layout.kubeconfig, 'get', 'serviceaccount', 'default', '-o', 'name'];
      await waitFor('the default service account', 30_000, () => mustRun(account));
    },
    /** What would act on nodes and pods by itself. */
    async stopControllers(): Promise<void> {
      for (const name of ['kube-scheduler', 'kube-controller-manager'] as const) await part(name).stop();
    },
    async down(): Promise<void> {
      for (const name of [...CONTROL_PLANE_PARTS].reverse()) await part(name).stop();
      rmSync(path.join(layout.dir, 'etcd'), { recursive: true, force: true });
    },
    running: (): Record<string, number | undefined> =>
      Object.fromEntries(CONTROL_PLANE_PARTS.map((name) => [name, part(name).pid()])),
  };
}
