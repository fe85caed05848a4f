import { z } from 'zod';

/** Whose tools take away what the CRI cannot; what an older toolkit wrote down has none, and means containerd. */
export const criRuntimeSchema = z.enum(['containerd', 'crio', 'cri-dockerd']).default('containerd');
export type CriRuntime = z.infer<typeof criRuntimeSchema>;

/**
 * One thing that gives back what a step took, as data. The engine carries it out over the host's port; the same list,
 * rendered as a shell script, lies on the node for the case that nobody is there to carry it out.
 */
export const undoActionSchema = z.discriminatedUnion('do', [
  /** The bytes are kept in the journal under their SHA-256. */
  z.object({
    do: z.literal('restore-file'),
    path: z.string(),
    sha256: z.string(),
    mode: z.number(),
    uid: z.number(),
    gid: z.number(),
  }),
  z.object({ do: z.literal('remove-file'), path: z.string() }),
  /** Only if it is empty by then. */
  z.object({ do: z.literal('remove-directory'), path: z.string() }),
  z.object({
    do: z.literal('systemctl'),
    verb: z.enum(['start', 'stop', 'restart', 'enable', 'disable', 'mask', 'unmask', 'daemon-reload', 'reset-failed']),
    units: z.array(z.string()),
  }),
  /** Sandboxes at a CRI endpoint, through the CRI so that their network is given back: of one namespace, or all. */
  z.object({
    do: z.literal('remove-cri-pods'),
    runtime: criRuntimeSchema,
    endpoint: z.string(),
    namespace: z.string().optional(),
  }),
  /** By name, and no other name of the same image: containerd's CRI would take those along, CRI-O's does not. */
  z.object({
    do: z.literal('remove-images'),
    runtime: criRuntimeSchema,
    endpoint: z.string(),
    refs: z.array(z.string()),
  }),
  /** Names that images had in Docker for as long as they were carried; the images stay. */
  z.object({ do: z.literal('drop-docker-tags'), refs: z.array(z.string()) }),
  /** Starts the unit and waits until the Node is Ready on the runtime that `runtime` begins, with a heartbeat that is new. */
  z.object({ do: z.literal('start-kubelet'), unit: z.string(), runtime: z.string() }),
  z.object({ do: z.literal('run'), argv: z.array(z.string()), timeoutMs: z.number(), mayFail: z.boolean() }),
  /** The rest need the API server, and are left to the operator's end when the node undoes by itself. */
  z.object({ do: z.literal('set-unschedulable'), value: z.boolean() }),
  z.object({ do: z.literal('annotate'), key: z.string(), value: z.string().nullable() }),
]);

export type UndoAction = z.infer<typeof undoActionSchema>;

export const needsCluster = (action: UndoAction): boolean =>
  action.do === 'set-unschedulable' || action.do === 'annotate';
