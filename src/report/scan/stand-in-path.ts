import type { Finding } from '../../core/finding.js';
import { nodeFile } from './node-file.js';

/**
 * The file of a finding, or a path in its place: `cluster/NAMESPACE/KIND/NAME` of a live object, `nodes/NAME` of a node.
 * GitHub and GitLab show nothing that stands in no file, and match results between two runs by their paths.
 */
export function standInPath({ file, object: { kind, namespace, name } }: Pick<Finding, 'file' | 'object'>): string {
  if (file === undefined) {
    if (kind === 'Node') return `nodes/${segment(name)}`;
    return ['cluster', ...(namespace === undefined ? [] : [namespace]), kind, name].map(segment).join('/');
  }
  const onNode = nodeFile(file);
  return onNode === undefined ? file : `nodes/${segment(onNode.node)}${onNode.path}`;
}

/** A name may have slashes, in a template for one. */
const segment = (name: string): string => name.replaceAll('/', '_');
