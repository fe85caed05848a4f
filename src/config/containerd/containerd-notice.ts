import type { Notice } from '../../core/plan.js';

export const containerdNotice = (level: Notice['level'], message: string, fix: string): Notice => ({
  gate: 'containerd-config',
  level,
  message,
  fix,
});
