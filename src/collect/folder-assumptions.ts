import type { FileFacts } from '../core/inventory.js';
import type { FolderKubelet } from './folder-kubelet.js';

export interface AssumptionsInput {
  /** The kubelet's version, where somebody said it. */
  readonly wanted: string | undefined;
  readonly kubelet: FolderKubelet;
  /** The one that was settled on. */
  readonly cgroupDriver: string;
  readonly found: Readonly<Record<string, FileFacts>>;
}

/** What was taken for granted in the place of what no file of a folder tells: sentences without a full stop. */
export function folderAssumptions({ wanted, kubelet, cgroupDriver, found }: AssumptionsInput): readonly string[] {
  const { assumed, unitAssumed, facts } = kubelet;
  const said: string[] = [];
  if (wanted === undefined)
    said.push('the kubelet is taken to be 1.23, the newest with dockershim: --kubelet tells otherwise');
  if (assumed && runsItsOwn(found))
    return [...said, `the kubelet is taken to have the cgroup driver ${cgroupDriver}, as Docker`];
  if (assumed) {
    const what = `kubeadm's defaults and the cgroup driver ${cgroupDriver}, as Docker's, are assumed`;
    return [...said, `no file of the kubelet is there: ${what}, and none of its files is made`];
  }
  if (unitAssumed) said.push("no unit of the kubelet is there: kubeadm's is assumed");
  const config = facts.flags['config'];
  if (config !== undefined && facts.configPath === undefined) {
    said.push(`${config} is not there: what would go into it goes to the kubelet's flags`);
  }
  if (facts.cgroupDriver === undefined) {
    said.push(`the kubelet's files name no cgroup driver: ${cgroupDriver}, as Docker's, is assumed`);
  }
  return said;
}

/** k3s and RKE2 start the kubelet within themselves. */
const runsItsOwn = (found: Readonly<Record<string, FileFacts>>): boolean =>
  Object.entries(found).some(
    ([path, { exists }]) => exists && /^\/etc\/(?:rancher|systemd\/system)\/(?:k3s|rke2)/.test(path),
  );
