import type { ProcessOwner } from '../core/node-evidence.js';

/** `pod` and the uid in any spelling: `pod1234-…`, `kubepods-besteffort-pod1234_….slice`. */
const POD = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})/;
const CONTAINER = /([0-9a-f]{64})(?:\.scope)?$/;
const UNIT = /\/([^/]+\.service)(?:\/|$)/;
const SESSION = /user-(\d+)\.slice/;

/** Whose a process is, by `/proc/<pid>/cgroup` of either version; static pods have uids without dashes. Undefined when it says nothing. */
export function processOwner(cgroup: string): ProcessOwner | undefined {
  const paths = cgroup
    .trim()
    .split('\n')
    .map((line) => line.split(':').slice(2).join(':'));
  const match = (pattern: RegExp): string | undefined =>
    paths.map((path) => pattern.exec(path)?.[1]).find((one) => one !== undefined);

  const containerId = match(CONTAINER);
  const podUid = match(POD)?.replaceAll('_', '-');
  if (podUid !== undefined) return { kind: 'pod', podUid, containerId };
  if (containerId !== undefined) return { kind: 'container', containerId };
  const session = match(SESSION);
  if (session !== undefined) return { kind: 'user', uid: Number(session) };
  const unit = match(UNIT);
  return unit === undefined ? undefined : { kind: 'unit', unit };
}
