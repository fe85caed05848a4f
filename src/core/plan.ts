import { z } from 'zod';
import { OUTCOMES } from './conversion.js';

/** A plan is data: it can be saved, reviewed, diffed and signed off, and the same inventory gives the same bytes. */
export const PLAN_API_VERSION = 'dockershim-migrate.io/v1';

export const targetSchema = z.enum(['containerd', 'crio', 'cri-dockerd']);
export type Target = z.infer<typeof targetSchema>;

export const migrateOptionsSchema = z.object({
  target: targetSchema,
  /** What becomes of containers that Kubernetes does not own. */
  foreign: z.enum(['block', 'keep-docker', 'stop']),
  drain: z.object({
    force: z.boolean(),
    deleteEmptyDirData: z.boolean(),
    /** Undefined: each pod's own. */
    gracePeriodSeconds: z.number().optional(),
    timeoutMs: z.number(),
  }),
});
export type MigrateOptions = z.infer<typeof migrateOptionsSchema>;

/** A reason not to start, or something to know before starting. */
export const noticeSchema = z.object({
  gate: z.string(),
  level: z.enum(['blocker', 'undecided', 'warning']),
  message: z.string(),
  /** What to do about it. */
  fix: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const stepSpecSchema = z.object({
  /** Unique in the plan and stable: `switch/write-file/var/lib/kubelet/kubeadm-flags.env`. */
  id: z.string(),
  kind: z.string(),
  phase: z.string(),
  title: z.string(),
  params: z.record(z.string(), z.unknown()),
});
export type StepSpec = z.infer<typeof stepSpecSchema>;

/** What a failure in a phase sets off: undo what this plan did so far, and how the node is left meanwhile. */
export const phaseSpecSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** A watch on the node rolls back by itself when the operator's end falls silent. */
  guarded: z.boolean(),
  steps: z.array(stepSpecSchema),
});
export type PhaseSpec = z.infer<typeof phaseSpecSchema>;

export const fileChangeSchema = z.object({
  path: z.string(),
  /** SHA-256 of the new content, a key of the plan's `contents`. */
  sha256: z.string(),
  mode: z.number(),
  /** Of the file that is there now; null when there is none. */
  before: z.object({ sha256: z.string(), content: z.string() }).nullable(),
  why: z.string(),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

/** One line of the table of settings, see `SettingAnswer`. */
export const settingAnswerSchema = z.object({
  source: z.string(),
  key: z.string(),
  value: z.unknown(),
  outcome: z.enum(OUTCOMES),
  target: z.string(),
  note: z.string(),
});

/** See `AnnouncedDifference`. */
export const announcedDifferenceSchema = z.object({ aspect: z.string(), note: z.string() });

/** See `ProposedManifest`. */
export const proposedManifestSchema = z.object({ name: z.string(), content: z.string(), why: z.string() });

export const nodePlanSchema = z.object({
  node: z.string(),
  /** Derived from all else in this node's plan. */
  planId: z.string(),
  verdict: z.enum(['migrate', 'already', 'blocked']),
  from: z.string(),
  to: z.string(),
  kubeletVersion: z.string(),
  notices: z.array(noticeSchema),
  files: z.array(fileChangeSchema),
  settings: z.array(settingAnswerSchema),
  differences: z.array(announcedDifferenceSchema),
  manifests: z.array(proposedManifestSchema),
  phases: z.array(phaseSpecSchema),
  /** Name of a group of facts the plan rests on → digest of its value. */
  facts: z.record(z.string(), z.string()),
});
export type NodePlan = z.infer<typeof nodePlanSchema>;

export const migrationPlanSchema = z.object({
  apiVersion: z.literal(PLAN_API_VERSION),
  kind: z.literal('MigrationPlan'),
  options: migrateOptionsSchema,
  nodes: z.array(nodePlanSchema),
  /** SHA-256 → text of every file to be written. */
  contents: z.record(z.string(), z.string()),
  /** Over all of the above: a plan edited by hand is found out. */
  digest: z.string(),
});
export type MigrationPlan = z.infer<typeof migrationPlanSchema>;
