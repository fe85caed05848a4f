import type { ContainerView } from '../../manifests/views.js';
import { argumentsOf } from './arguments-of.js';

/** Whether an argument, as `--flag=value`, matches. */
export function hasArgument(container: ContainerView, pattern: RegExp): boolean {
  return argumentsOf(container).some(({ text }) => pattern.test(text));
}
