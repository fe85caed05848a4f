import type { CniNetwork } from '../../core/inventory.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { runtimeName } from './runtime-name.js';

/** What packages of runtimes bring along as an example or for themselves, and no cluster means. */
const FOREIGN =
  /^(?:10-containerd-net|\d+-crio(?:-[\w-]+)?-bridge|\d+-crio-bridge|87-podman(?:-bridge)?)\.(?:conf|conflist|json)$/;

export const cniNetwork: Gate = {
  id: 'cni-network',
  title: 'The first CNI configuration is the one of the cluster',
  why: 'A runtime takes the first file of the directory. A file that another package left there, or one that is broken, gives pods a network that reaches nothing, or keeps the node from becoming Ready.',
  links: ['https://github.com/cri-o/cri-o/issues/2411'],
  check: ({ inventory: { cni }, options }) => {
    if (!cni.known) return [notKnown('which network pods would get', cni.why)];
    const { confDir, networks } = cni.value;
    const real = networks.filter(isReal);
    if (real.length === 0) {
      const message = `${confDir} has no CNI network, so that a runtime other than dockershim has none to give to pods`;
      return [
        {
          level: 'blocker',
          message,
          fix: 'see that the network add-on of the cluster runs on this node and writes its configuration',
        },
      ];
    }
    const [first] = networks;
    if (first === undefined || (isReal(first) && (networks.length === 1 || !FOREIGN.test(first.file)))) return [];
    const path = `${confDir}/${first.file}`;
    const fault = isReal(first)
      ? 'comes from the package of a runtime, and sorts before the network of the cluster'
      : first.pluginTypes.length === 0
        ? `is no CNI configuration: dockershim skips such a file, ${runtimeName(options.target)} may fail on it`
        : 'is for the loopback alone, and sorts before the network of the cluster';
    return [{ level: 'blocker', message: `${path} ${fault}`, fix: `move ${path} out of ${confDir}, and plan again` }];
  },
};

const isReal = ({ pluginTypes }: CniNetwork): boolean => pluginTypes.some((type) => type !== 'loopback');
