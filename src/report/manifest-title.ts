import type { ProposedManifest } from '../core/conversion.js';

/** `RuntimeClass nvidia`. */
export function manifestTitle({ name, content }: ProposedManifest): string {
  const kind = /^kind: *(\S+)/m.exec(content)?.[1];
  return kind === undefined ? name : `${kind} ${name}`;
}
