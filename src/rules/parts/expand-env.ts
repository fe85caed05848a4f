import type { ContainerView } from '../../manifests/views.js';

/** Of a value that is filled in: an address or a path is shorter, and what is longer may be meant to swell. */
const LONGEST = 500;

/** `$(NAME)` by what the container's own env says; the field's name in brackets for the downward API: `[status.hostIP]`. */
export function expandEnv({ env }: ContainerView, text: string): string {
  if (!text.includes('$(')) return text;
  return text.replace(/\$\(([\w.-]+)\)/g, (whole, name: string) => {
    const variable = env.findLast((one) => one.name === name);
    if (variable?.fieldPath !== undefined) return `[${variable.fieldPath}]`;
    const value = variable?.value ?? whole;
    return value.length > LONGEST ? whole : value;
  });
}
