import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../lab/must-run.js';
import { waitFor } from '../lab/wait-for.js';
import { criClient } from '../../src/runtimes/cri.js';
import { run } from '../lab/run.js';
import { serverProcess } from './server-process.js';
import { runcWrapper } from './runc-wrapper.js';
import { tinyImage } from './tiny-image.js';

export interface ContainerdOptions {
  /** False: without the plugin, as Docker's packaging configures it. */
  readonly cri: boolean;
  /** Default `native`, which needs nothing of the file system. */
  readonly snapshotter?: 'native' | 'overlayfs';
}

export interface ContainerdServer {
  readonly socketPath: string;
  /** `unix://` and the socket's path. */
  readonly endpoint: string;
  readonly pid: number;
  readonly configPath: string;
  /** There when the CRI is on: what sandboxes are made of. It sleeps. */
  readonly sandboxImage: string;
  /** Where the network's addresses in use lie as files named by address. */
  readonly leaseDirectory: string;
  /** A folder for the test's own files, removed with the server. */
  readonly directory: string;
  ctr(...args: readonly string[]): Promise<string>;
  logTail(): string;
  stop(): Promise<void>;
}

const SANDBOX_IMAGE = 'registry.test/sandbox:1';
const NETWORK = 'servers-test';

/** A containerd of one's own: its root, state, sockets, CNI configuration and bridge are nobody else's. */
export async function startContainerd(options: ContainerdOptions): Promise<ContainerdServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'containerd-'));
  // A bridge's name has at most 15 characters.
  const bridge = `tst${randomBytes(5).toString('hex')}`;
  const socketPath = path.join(directory, 'containerd.sock');
  const configPath = path.join(directory, 'config.toml');
  const leaseRoot = path.join(directory, 'leases');
  mkdirSync(path.join(directory, 'cni'));
  writeFileSync(path.join(directory, 'cni/10-test.conflist'), networkOf(bridge, leaseRoot));
  writeFileSync(configPath, configOf(directory, socketPath, options));

  const ctr = (...args: readonly string[]): Promise<string> =>
    mustRun(['ctr', '--address', socketPath, '--namespace', 'k8s.io', ...args]);
  const clean = async (): Promise<void> => {
    await run(['ip', 'link', 'delete', bridge]);
    await unmountAll(directory);
    rmSync(directory, { recursive: true, force: true });
  };

  const argv = ['containerd', '--config', configPath, '--log-level', 'warn'];
  try {
    const server = await serverProcess(argv, path.join(directory, 'log'), () => ctr('version'));
    const stop = async (): Promise<void> => {
      await endTasks(ctr);
      await server.stop();
      await clean();
    };
    if (options.cri) {
      const archive = await tinyImage(directory, SANDBOX_IMAGE);
      await ctr('images', 'import', archive);
      await waitFor('the CRI to be ready for pods', 30_000, () => readyForPods(socketPath), 50);
    }
    return {
      ...{ socketPath, configPath, directory, ctr, stop },
      endpoint: `unix://${socketPath}`,
      pid: server.pid,
      sandboxImage: SANDBOX_IMAGE,
      leaseDirectory: path.join(leaseRoot, NETWORK),
      logTail: () => server.logTail(),
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** The CRI plugin learns of images by events, and of the network by a watch: both come later than the socket answers. */
async function readyForPods(socketPath: string): Promise<boolean> {
  const cri = await criClient(socketPath, `unix://${socketPath}`);
  try {
    const { images, conditions } = await cri.facts();
    return (
      images.some((image) => image.tags.includes(SANDBOX_IMAGE)) && conditions.every((condition) => condition.status)
    );
  } finally {
    await cri.close();
  }
}

/** What is left over of failed tests would outlive the server under its shims. */
async function endTasks(ctr: ContainerdServer['ctr']): Promise<void> {
  for (const namespace of (await ctr('namespaces', 'list', '--quiet')).split('\n').filter(Boolean)) {
    const tasks = await ctr('--namespace', namespace, 'tasks', 'list', '--quiet');
    for (const task of tasks.split('\n').filter(Boolean))
      await ctr('--namespace', namespace, 'tasks', 'delete', '--force', task);
  }
}

/** Deepest first. */
async function unmountAll(directory: string): Promise<void> {
  const { stdout } = await run(['findmnt', '--raw', '--noheadings', '--output', 'TARGET']);
  const inside = stdout.split('\n').filter((target) => target.startsWith(`${directory}/`));
  for (const target of inside.reverse()) await run(['umount', '--lazy', target]);
}

function configOf(directory: string, socketPath: string, options: ContainerdOptions): string {
  const text = (value: string): string => JSON.stringify(value);
  const head = `version = 2
root = ${text(path.join(directory, 'root'))}
state = ${text(path.join(directory, 'state'))}
disabled_plugins = ${options.cri ? '[]' : '["io.containerd.grpc.v1.cri"]'}

[grpc]
  address = ${text(socketPath)}

[plugins."io.containerd.internal.v1.opt"]
  path = ${text(path.join(directory, 'opt'))}
`;
  if (!options.cri) return head;
  return `${head}
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${text(SANDBOX_IMAGE)}
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = true
  stream_server_port = "0"

[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = ${text(path.join(directory, 'cni'))}

[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = ${text(options.snapshotter ?? 'native')}
  default_runtime_name = "runc"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  BinaryName = ${text(runcWrapper(directory))}
  SystemdCgroup = false
`;
}

/** The bridge has no address and no rules of a firewall: instances do not see each other, nor the machine them. */
function networkOf(bridge: string, leaseRoot: string): string {
  return JSON.stringify({
    cniVersion: '0.4.0',
    name: NETWORK,
    plugins: [
      {
        type: 'bridge',
        bridge,
        ipam: { type: 'host-local', dataDir: leaseRoot, ranges: [[{ subnet: '10.213.0.0/24' }]] },
      },
    ],
  });
}
