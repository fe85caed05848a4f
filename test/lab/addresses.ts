import type { LabNode } from './lab-node.js';

const LEASES = `for lease in /var/lib/cni/networks/lab/*.*.*.*; do
  [ -f "$lease" ] && { head -n 1 "$lease" | tr -d '\\r'; echo; }
done; :`;
const SANDBOXES = ['ctr', '-n', 'k8s.io', 'containers', 'ls', '-q', 'labels."io.cri-containerd.kind"==sandbox'];

/** Who holds an address of the pod network, and which sandboxes live in containerd, by their ids. */
export async function addresses(
  node: LabNode,
): Promise<{ readonly holders: readonly string[]; readonly sandboxes: readonly string[] }> {
  const ids = (text: string): string[] =>
    text
      .split(/\s+/)
      .filter((id) => id !== '')
      .sort();
  return { holders: ids(await node.exec(LEASES)), sandboxes: ids(await node.exec(SANDBOXES)) };
}
