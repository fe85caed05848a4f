import { parseDocument } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { PLAN_API_VERSION, targetSchema } from '../core/plan.js';

const stepSchema = z.union([
  z.string(),
  z.record(z.string(), z.string()).refine((entry) => Object.keys(entry).length === 1, 'one kind of step an entry'),
]);

const playbookSchema = z.strictObject({
  apiVersion: z.literal(PLAN_API_VERSION),
  kind: z.literal('Playbook'),
  target: targetSchema,
  phases: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z-]*$/),
        title: z.string(),
        guarded: z.boolean().default(false),
        steps: z.array(stepSchema).min(1),
      }),
    )
    .min(1),
});

export interface PlaybookStep {
  readonly kind: string;
  readonly argument: string | undefined;
}

export interface Playbook {
  readonly target: z.infer<typeof targetSchema>;
  readonly phases: readonly {
    readonly name: string;
    readonly title: string;
    readonly guarded: boolean;
    readonly steps: readonly PlaybookStep[];
  }[];
}

/** Reads a playbook. Errors: `input` naming the file and what is wrong in it, a kind that does not exist included. */
export function parsePlaybook(text: string, path: string, knownKinds: ReadonlySet<string>): Playbook {
  const document = parseDocument(text);
  const [syntax] = document.errors;
  if (syntax !== undefined)
    throw new MigrateError('input', `${path} is not YAML: ${syntax.message.split('\n')[0] ?? ''}`);
  const parsed = playbookSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MigrateError(
      'input',
      `${path} is not a playbook: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  const phases = parsed.data.phases.map((phase) => ({ ...phase, steps: phase.steps.map(stepOf) }));
  const unknown = phases.flatMap(({ steps }) => steps).find(({ kind }) => !knownKinds.has(kind));
  if (unknown !== undefined)
    throw new MigrateError('input', `${path} names a kind of step that does not exist: ${unknown.kind}`);
  return { target: parsed.data.target, phases };
}

function stepOf(entry: z.infer<typeof stepSchema>): PlaybookStep {
  if (typeof entry === 'string') return { kind: entry, argument: undefined };
  const [kind = '', argument] = Object.entries(entry)[0] ?? [];
  return { kind, argument };
}
