/** The process group that a frame announces on stderr, once it has. */
export function frameGroup(stderr: string, mark: string): number | undefined {
  const [, group] = new RegExp(`${mark} (\\d+)\\n`).exec(stderr) ?? [];
  return group === undefined ? undefined : Number(group);
}
