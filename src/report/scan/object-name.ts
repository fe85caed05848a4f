import type { ObjectRef } from '../../core/finding.js';
import { printable } from '../printable.js';

/** `DaemonSet kube-system/agent`, `Node w-01`, or the path of what is no object; harmless to a terminal. */
export function objectName({ kind, namespace, name }: ObjectRef): string {
  if (kind === 'File') return printable(name);
  return printable(`${kind} ${namespace === undefined || namespace === '' ? '' : `${namespace}/`}${name}`);
}
