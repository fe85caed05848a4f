/** Node and path of a file that was read on a node, `w-01:/etc/docker/daemon.json`; undefined for any other file. */
export function nodeFile(file: string): { readonly node: string; readonly path: string } | undefined {
  const colon = file.indexOf(':/');
  const node = file.slice(0, Math.max(0, colon));
  // A drive has a colon, too; names of nodes have no capitals.
  if (node === '' || node.includes('/') || /^[A-Z]$/.test(node)) return undefined;
  return { node, path: file.slice(colon + 1) };
}
