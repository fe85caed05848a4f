import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { valueOf } from '../core/fact.js';
import type { StepKind } from '../core/step.js';
import { clusterNode } from './cluster-node.js';
import { needKube } from './need-kube.js';

const CRI_SOCKET = 'kubeadm.alpha.kubernetes.io/cri-socket';

const params = z.object({ key: z.string(), value: z.string() });
const captured = z.object({ before: z.string().nullable() });

export const annotateNode: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'annotate-node',
  title: "Write kubeadm's cri-socket annotation",
  why: 'kubeadm up to 1.33 reads the endpoint from this annotation; one that still names dockershim makes the next kubeadm upgrade ask for Docker (kubernetes/kubeadm#2364).',
  params,
  captured,

  instances: ({ inventory, conversion }) =>
    valueOf(inventory.node)?.annotations[CRI_SOCKET] === undefined
      ? []
      : [
          {
            id: CRI_SOCKET,
            title: `annotate the node: cri-socket=${conversion.endpoint}`,
            params: { key: CRI_SOCKET, value: conversion.endpoint },
          },
        ],

  async check(read, { key, value }) {
    const now = (await clusterNode(read)).annotations[key];
    return now === value ? { state: 'done' } : { state: 'pending', because: `the annotation says ${now ?? 'nothing'}` };
  },

  capture: async (read, { key }) => ({ before: (await clusterNode(read)).annotations[key] ?? null }),

  apply: (act, { key, value }) => needKube(act).annotate(act.node, { [key]: value }),

  async verify(read, parameters) {
    const now = await this.check(read, parameters);
    if (now.state === 'pending') throw new MigrateError('failed', now.because);
  },

  undo: ({ key }, { before }) => [{ do: 'annotate', key, value: before }],
};
