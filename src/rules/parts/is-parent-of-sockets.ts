const PARENTS: ReadonlySet<string> = new Set(['/', '/var', '/run']);

/** Directories that hold the Docker socket among much else, `/var/run` in its normal spelling; mounted for many a reason. */
export function isParentOfSockets(normal: string): boolean {
  return PARENTS.has(normal);
}
