import { MigrateError } from '../core/errors.js';

/** Whether a failed call is worth another: the network, or a server that is overloaded or restarting. */
export const isTransient = (error: unknown): error is MigrateError =>
  error instanceof MigrateError && (error.code === 'unreachable' || error.code === 'timeout');
