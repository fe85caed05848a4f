/** An assignment of `Environment=` as a unit writes it. */
export const environmentLine = (name: string, value: string): string =>
  `Environment="${`${name}=${value}`
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('%', '%%')}"`;
