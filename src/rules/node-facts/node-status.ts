import type { Path } from '../../manifests/place.js';
import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';
import { isRecord } from './is-record.js';

export interface NodeStatus {
  /** `docker://20.10.24`; empty where the object has no status. */
  readonly runtimeVersion: string;
  /** `v1.21.2`. */
  readonly kubeletVersion: string;
  readonly runtimePath: Path;
}

/** What a Node of the Kubernetes API tells of its software; undefined for any other object, kinds named Node of others among them. */
export function nodeStatus(view: ObjectView): NodeStatus | undefined {
  const { object, value, path } = view;
  if (object.kind !== 'Node' || apiVersionOf(view) !== 'v1' || !isRecord(value)) return undefined;
  const status = isRecord(value['status']) ? value['status'] : {};
  const info = isRecord(status['nodeInfo']) ? status['nodeInfo'] : {};
  const text = (key: string): string => (typeof info[key] === 'string' ? info[key] : '');
  return {
    runtimeVersion: text('containerRuntimeVersion'),
    kubeletVersion: text('kubeletVersion'),
    runtimePath: [...path, 'status', 'nodeInfo', 'containerRuntimeVersion'],
  };
}
