import { digestOf, sha256 } from '../core/digest.js';
import { MigrateError } from '../core/errors.js';
import { migrationPlanSchema, PLAN_API_VERSION, type MigrationPlan } from '../core/plan.js';

/** Reads a saved plan. Errors: `input` for one that is truncated, of another version, or edited by hand. */
export function parsePlan(text: string, path: string): MigrationPlan {
  const again = { hint: 'Make a new one with "migrate plan -o FILE".' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new MigrateError('input', `${path} is not JSON; it may be truncated`, { ...again, cause });
  }
  const { apiVersion, kind } = (json ?? {}) as { apiVersion?: unknown; kind?: unknown };
  if (kind !== 'MigrationPlan') throw new MigrateError('input', `${path} is not a migration plan`, again);
  if (apiVersion !== PLAN_API_VERSION) {
    throw new MigrateError(
      'input',
      `${path} is a plan of version ${String(apiVersion)}; this is ${PLAN_API_VERSION}`,
      again,
    );
  }
  const parsed = migrationPlanSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MigrateError(
      'input',
      `${path} is damaged at ${issue?.path.join('.') ?? 'its top'}: ${issue?.message ?? ''}`,
      again,
    );
  }
  const { digest, ...plan } = parsed.data;
  const edited =
    digestOf(plan) !== digest || Object.entries(plan.contents).some(([key, content]) => sha256(content) !== key);
  if (edited) throw new MigrateError('input', `${path} was changed after it was made: its digest does not fit`, again);
  return parsed.data;
}
