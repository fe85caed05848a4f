import type { MigrationPlan } from '../core/plan.js';
import { safeJson } from './safe-json.js';

/** The plan itself. */
export const planJson = (plan: MigrationPlan): string => safeJson(plan);
