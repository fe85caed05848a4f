import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import type { LabLayout } from './lab-layout.js';

/** Every so many pods mounts the Docker socket. */
export const PODS_A_SOCKET = 1000;
const NAMESPACES = 50;
const PODS_AN_OWNER = 15;
const AT_ONCE = 48;

/**
 * Fills the API server with nodes and pods that no kubelet runs, for questions of scale. The controllers must not run: they
 * would evict the pods of nodes that never report.
 */
export async function populate({ apiServer, pkiDir }: LabLayout, nodes: number, pods: number): Promise<void> {
  const file = (name: string): Buffer => readFileSync(path.join(pkiDir, name));
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: AT_ONCE,
    ca: file('ca.crt'),
    cert: file('admin.crt'),
    key: file('admin.key'),
  });
  const create = (where: string, body: object): Promise<void> => post(new URL(where, apiServer), body, agent);
  const each = async (count: number, make: (index: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) await make(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };

  try {
    await each(NAMESPACES, async (index) => {
      await create('/api/v1/namespaces', { metadata: { name: `team-${index}` } });
      await create(`/api/v1/namespaces/team-${index}/serviceaccounts`, { metadata: { name: 'default' } });
    });
    await each(nodes, (index) => create('/api/v1/nodes', node(index)));
    await each(pods, (index) => create(`/api/v1/namespaces/team-${index % NAMESPACES}/pods`, pod(index, nodes)));
  } finally {
    agent.destroy();
  }
}

const node = (index: number): object => ({
  metadata: { name: `sim-${index}`, labels: { pool: `pool-${index % 5}` } },
  status: { nodeInfo: { kubeletVersion: 'v1.21.2', containerRuntimeVersion: 'docker://20.10.24' } },
});

function pod(index: number, nodes: number): object {
  const owner = Math.floor(index / PODS_AN_OWNER);
  return {
    metadata: {
      name: `app-${owner}-${index}`,
      labels: { app: `app-${owner}`, 'pod-template-hash': '5d4f8c7b9d' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `app-${owner}`,
          uid: `00000000-0000-0000-0000-${String(owner).padStart(12, '0')}`,
          controller: true,
        },
      ],
    },
    spec: {
      nodeName: `sim-${index % nodes}`,
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'main',
          image: `registry.example.com/team/app-${index % 400}:1.2.3`,
          env: Array.from({ length: 12 }, (_, at) => ({ name: `SETTING_${at}`, value: `value-${at}-${index}` })),
          resources: { requests: { cpu: '50m', memory: '64Mi' } },
          ports: [{ containerPort: 8080 }],
          readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
        },
        { name: 'sidecar', image: 'registry.example.com/mesh/proxy:1.9', args: ['proxy', 'sidecar'] },
      ],
      volumes: [
        index % PODS_A_SOCKET === 0
          ? { name: 'sock', hostPath: { path: '/var/run/docker.sock' } }
          : { name: 'tmp', emptyDir: {} },
      ],
    },
  };
}

async function post(url: URL, body: object, agent: https.Agent): Promise<void> {
  const data = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) };
  await new Promise<void>((resolve, reject) => {
    const request = https.request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (status < 300 || status === 409) resolve();
        else reject(new Error(`${url.pathname}: ${status} ${text.slice(0, 200)}`));
      });
    });
    request.on('error', reject);
    request.end(data);
  });
}
