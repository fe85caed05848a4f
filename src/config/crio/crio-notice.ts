import type { Notice } from '../../core/plan.js';

export const crioNotice = (level: Notice['level'], message: string, fix: string): Notice => ({
  gate: 'crio-config',
  level,
  message,
  fix,
});
