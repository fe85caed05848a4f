import { realpath } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { collectNode } from '../collect/collect-node.js';
import { collectNodeEvidence } from '../collect/node-evidence.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { EventSink } from '../core/events.js';
import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { Clock, Host, ReadHost } from '../core/ports.js';
import type { EngineEnv, EngineSignals } from '../engine/engine-env.js';
import { folderHost } from '../hosts/folder-host.js';
import { isThisMachine } from '../hosts/is-this-machine.js';
import { localHost } from '../hosts/local-host.js';
import { logged } from '../hosts/logged.js';
import { oneFileHost } from '../hosts/one-file-host.js';
import { readOnly } from '../hosts/read-only.js';
import { sshDestination } from '../hosts/ssh-destination.js';
import { sshHost } from '../hosts/ssh-host.js';
import { kubeClient, type KubeClient } from '../kube/kube-client.js';
import { criClient } from '../runtimes/cri.js';
import { dockerClient } from '../runtimes/docker.js';
import { stepKinds } from '../steps/index.js';
import { systemClock } from './system-clock.js';
import type { Settings } from './settings.js';
import { terminal } from './terminal.js';
import { VERSION } from './version.js';

const DOCKER_SOCKET = '/run/docker.sock';

/** The cluster and the nodes, as the command's options reach them. The one place where ports meet what implements them. */
export interface Wiring {
  readonly kube: KubeClient;
  readonly clock: Clock;
  /** Connects to a node's host. `internalIp` is the Node's, where it was read. */
  connect(node: string, internalIp: string | undefined): Promise<Connection>;
  close(): Promise<void>;
}

export interface Connection {
  readonly host: Host;
  readonly readHost: ReadHost;
  collect(kube: KubeClient | { readonly unreachable: string }): Promise<NodeInventory>;
  /** Who uses Docker there; to be asked after `collect`, which uses it itself. */
  evidence(inventory: NodeInventory): Promise<NodeEvidence>;
  engine(parts: {
    readonly kube: KubeClient | undefined;
    readonly events: EventSink;
    readonly signals: EngineSignals;
  }): EngineEnv;
  /** For whoever goes through many nodes; the wiring closes what is left. */
  close(): Promise<void>;
}

export function wire(settings: Settings): Wiring {
  const clock = systemClock;
  const kube = kubeClient(settings);
  const closers: (() => Promise<void>)[] = [() => kube.close()];
  return {
    kube,
    clock,
    async connect(node, internalIp) {
      const { host: opened, close: closeHost } = await openHost(settings, node, internalIp);
      const close = once(closeHost);
      closers.push(close);
      const host = settings.debug === true ? logged(opened, tellCommand) : opened;
      return { ...connection(node, host, clock), close };
    },
    async close() {
      await Promise.allSettled(closers.map((close) => close()));
    },
  };
}

async function openHost(
  settings: Settings,
  node: string,
  internalIp: string | undefined,
): Promise<{ host: Host; close: () => Promise<void> }> {
  const local =
    settings.via === 'local' || (settings.via === undefined && (await isThisMachine({ name: node, internalIp })));
  if (local) return { host: localHost({ name: node }), close: () => Promise.resolve() };
  const { sshConfig, sshUser, sshHost: template } = settings;
  const config = sshConfig === undefined ? {} : { sshConfigFile: sshConfig };
  const destination = await sshDestination({
    name: node,
    internalIp,
    ...config,
    ...(template === undefined ? {} : { template }),
  });
  return sshHost({ name: node, destination, ...config, ...(sshUser === undefined ? {} : { user: sshUser }) });
}

function connection(node: string, host: Host, clock: Clock): Omit<Connection, 'close'> {
  const readHost = readOnly(host);
  const docker = async (): Promise<Awaited<ReturnType<typeof dockerClient>>> => {
    const socket = await host.dial(DOCKER_SOCKET);
    return closingBoth(await dockerClient(socket.path, DOCKER_SOCKET).catch(closing(socket)), socket);
  };
  const cri = async (endpoint: string): Promise<Awaited<ReturnType<typeof criClient>>> => {
    const socket = await host.dial(endpoint.replace(/^unix:\/\//, ''));
    return closingBoth(await criClient(socket.path, endpoint).catch(closing(socket)), socket);
  };
  return {
    host,
    readHost,
    collect: (kube) => collectNode({ name: node, host: readHost, kube, docker, cri, clock }),
    evidence: ({ kubelet }) =>
      collectNodeEvidence({ host: readHost, clock, staticPods: valueOf(kubelet)?.staticPodPath }),
    engine: ({ kube, events, signals }) => ({
      node,
      host,
      readHost,
      kube,
      docker,
      readDocker: docker,
      cri,
      readCri: cri,
      clock,
      events,
      signals,
      kinds: new Map(stepKinds.map((kind) => [kind.kind, kind])),
      operator: `${userInfo().username}@${hostname()}`,
      version: VERSION,
    }),
  };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => (closed ??= close());
}

interface Closable {
  close(): Promise<void>;
}

const closing =
  (socket: Closable) =>
  async (error: unknown): Promise<never> => {
    await socket.close();
    throw error;
  };

function closingBoth<T extends Closable>(client: T, socket: Closable): T {
  return {
    ...client,
    async close() {
      await client.close();
      await socket.close();
    },
  };
}

const tellCommand = ({ host, argv, code, ms, error }: Parameters<Parameters<typeof logged>[1]>[0]): void =>
  terminal.error(`[${host}] ${argv.join(' ')} → ${error ?? code ?? 'ok'} (${ms} ms)`);

/** For commands that get on without the cluster: the client if it answers, else why it does not. */
export async function clusterIfThere(kube: KubeClient): Promise<KubeClient | { readonly unreachable: string }> {
  try {
    await kube.serverVersion();
    return kube;
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'bug') throw error;
    return { unreachable: messageOf(error) };
  }
}

/** Files of a node without the node: a folder laid out as below its root, or its daemon.json alone. */
export async function openFolder(path: string, type: 'file' | 'folder'): Promise<ReadHost> {
  const root = await realpath(path);
  if (type === 'folder') return folderHost({ name: path, root });
  return oneFileHost({ name: path, file: root, at: '/etc/docker/daemon.json' });
}
