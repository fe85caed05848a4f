import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { criRuntimeSchema } from '../core/undo.js';
import type { StepKind } from '../core/step.js';
import { withCri } from './with-cri.js';

const params = z.object({
  runtime: criRuntimeSchema,
  endpoint: z.string(),
  image: z.string(),
  cgroupParent: z.string(),
});
const captured = z.object({});

/** A namespace of its own, so that what a crash leaves behind is found and is ours. */
const NAMESPACE = 'dockershim-migrate';

export const proveSandbox: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'prove-sandbox',
  title: 'Run a sandbox through the new runtime',
  why: "Most failures after a switch are a sandbox that does not start: its image, the CNI, the cgroup driver. One sandbox with a container, started through the CRI on the node's own network and removed again, shows them while the node still serves.",
  params,
  captured,

  instances: ({ conversion, options }) => [
    {
      id: 'sandbox',
      title: "run and remove a sandbox through the new runtime on the node's network",
      params: {
        runtime: options.target,
        endpoint: conversion.endpoint,
        image: conversion.sandboxImage,
        // Where the kubelet would put a pod's: a mismatch of cgroup drivers shows here.
        cgroupParent: conversion.cgroupDriver === 'systemd' ? 'kubepods-besteffort.slice' : '/kubepods/besteffort',
      },
    },
  ],

  check: () => Promise.resolve({ state: 'pending', because: 'a proof holds for the moment it is made' }),
  capture: () => Promise.resolve({}),

  async apply(act, { endpoint, image, cgroupParent }) {
    await withCri(act, endpoint, async (cri) => {
      const facts = await cri.facts();
      const network = facts.conditions.find(({ type, status }) => type === 'NetworkReady' && !status);
      if (network !== undefined)
        throw new MigrateError('failed', `the network is not ready for ${facts.runtimeName}: ${network.message}`);
      for (const { id } of facts.sandboxes.filter(({ namespace }) => namespace === NAMESPACE))
        await cri.removeSandbox(id);
      const request = {
        name: 'probe',
        namespace: NAMESPACE,
        uid: `probe-${act.node}`,
        logDirectory: '',
        hostNetwork: false,
        cgroupParent,
      };
      const { sandboxId, ip, milliseconds } = await cri.runPod(request, image);
      await cri.removeSandbox(sandboxId);
      if (ip === '') throw new MigrateError('failed', 'the sandbox ran but got no address from the CNI');
      act.report(`a sandbox ran in ${milliseconds} ms with the address ${ip}`);
    });
  },

  async verify(read, { endpoint }) {
    const left = await withCri(read, endpoint, async (cri) =>
      (await cri.facts()).sandboxes.filter(({ namespace }) => namespace === NAMESPACE),
    );
    if (left.length > 0)
      throw new MigrateError('failed', `the probe's sandbox ${left[0]?.id ?? ''} could not be removed`);
  },

  undo: ({ runtime, endpoint }) => [{ do: 'remove-cri-pods', runtime, endpoint, namespace: NAMESPACE }],
};
