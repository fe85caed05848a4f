import { z } from 'zod';
import type { KubeApi, ObjectLister } from '../core/ports.js';
import { apiServer } from './api-server.js';
import { clusterAccess, type AccessOptions } from './cluster-access.js';
import { evict } from './evict.js';
import { evictionVersion } from './eviction-version.js';
import { getOne } from './get-one.js';
import { lazy } from './lazy.js';
import { listAll } from './list-all.js';
import { listAttachments } from './list-attachments.js';
import { listPages } from './list-pages.js';
import { listBudgets } from './list-budgets.js';
import { listRuntimeClasses } from './list-runtime-classes.js';
import { missingPermissions } from './missing-permissions.js';
import { nodeOf } from './node-of.js';
import { parseObject } from './parse-object.js';
import { patchNode } from './patch-node.js';
import { podOf } from './pod-of.js';

export interface KubeClient extends KubeApi, ObjectLister {
  /** URL of the API server and name of the context; fails as the first call would on a bad kubeconfig. */
  target(): Promise<{ readonly server: string; readonly context: string }>;
  close(): Promise<void>;
}

const version = z.object({ major: z.string(), minor: z.string() });
/** The cluster of a kubeconfig context. Nothing is read or loaded before the first call. */
export function kubeClient(options: AccessOptions = {}, env: NodeJS.ProcessEnv = process.env): KubeClient {
  const connect = lazy(async () => apiServer(await clusterAccess(options, env)));
  const eviction = lazy(async () => await evictionVersion(await connect.value()));

  return {
    async target() {
      const { access } = await connect.value();
      return { server: access.server, context: access.context };
    },
    async serverVersion() {
      const raw = await getOne(await connect.value(), '/version', '/version', '');
      const { major, minor } = parseObject(version, raw, 'version');
      // Managed services say `21+`.
      return `${major}.${minor.replace(/\D+$/, '')}`;
    },
    async node(name) {
      const raw = await getOne(await connect.value(), `/api/v1/nodes/${encodeURIComponent(name)}`, 'nodes', name);
      return raw === undefined ? undefined : nodeOf(raw);
    },
    nodes: async () => await listAll(await connect.value(), { path: '/api/v1/nodes', resource: 'nodes' }, nodeOf),
    async podsOn(node) {
      const list = { path: '/api/v1/pods', resource: 'pods', fieldSelector: `spec.nodeName=${node}` };
      return await listAll(await connect.value(), list, podOf);
    },
    async pod(namespace, name) {
      const raw = await getOne(
        await connect.value(),
        `${inNamespace(namespace)}/pods/${encodeURIComponent(name)}`,
        'pods',
        `${namespace}/${name}`,
      );
      return raw === undefined ? undefined : podOf(raw);
    },
    budgets: async () => await listBudgets(await connect.value()),
    runtimeClasses: async () => await listRuntimeClasses(await connect.value()),
    async daemonSetExists(namespace, name) {
      const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/daemonsets/${encodeURIComponent(name)}`;
      return (await getOne(await connect.value(), path, 'daemonsets', `${namespace}/${name}`)) !== undefined;
    },
    volumeAttachments: async (node, except = []) => await listAttachments(await connect.value(), node, except),
    missingPermissions: async () => await missingPermissions(await connect.value()),
    setUnschedulable: async (node, unschedulable) =>
      await patchNode(await connect.value(), node, { spec: { unschedulable: unschedulable ? true : null } }),
    annotate: async (node, annotations) => await patchNode(await connect.value(), node, { metadata: { annotations } }),
    evict: async (pod, graceSeconds) => await evict(await connect.value(), eviction.value, pod, graceSeconds),
    async *pages(path, resource) {
      yield* listPages(await connect.value(), path, resource);
    },
    async close() {
      (await connect.peek())?.close();
    },
  };
}

const inNamespace = (namespace: string): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
