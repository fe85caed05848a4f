import type { ContainerView } from '../../manifests/views.js';

/** `$(NAME)` by what the container's own env says; the field's name in brackets for the downward API: `[status.hostIP]`. */
export function expandEnv({ env }: ContainerView, text: string): string {
  if (!text.includes('$(')) return text;
  return text.replace(/\$\(([\w.-]+)\)/g, (whole, name: string) => {
    const variable = env.findLast((one) => one.name === name);
    if (variable?.fieldPath !== undefined) return `[${variable.fieldPath}]`;
    return variable?.value ?? whole;
  });
}
