import { parseVersion } from '../../config/version.js';
import type { KubeletFacts } from '../../core/inventory.js';
import type { Gate } from '../gate.js';
import { crioSettingOf } from './crio-setting-of.js';
import { notKnown } from './not-known.js';

export const crioPidsLimit: Gate = {
  id: 'crio-pids-limit',
  title: 'No container gets fewer processes than under Docker',
  why: 'Docker sets no limit on a container\'s processes, CRI-O up to 1.23 one of 1024 threads, which databases and Java servers go beyond. They then fail with "Resource temporarily unavailable". Later versions leave it to the kubelet\'s podPidsLimit.',
  links: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  check: ({ inventory: { crio, kubelet }, options }) => {
    if (options.target !== 'crio' || !crio.known) return [];
    if (!kubelet.known) return [notKnown("the kubelet's limit on processes", kubelet.why)];
    const said = crioSettingOf(crio.value, 'runtime', 'pids_limit');
    const limit = said === undefined ? defaultLimit(crio.value.version) : Number(said);
    const ofPods = podPidsLimit(kubelet.value);
    // A pod's limit holds for its containers under Docker too.
    if (!(limit > 0) || (ofPods > 0 && ofPods <= limit)) return [];
    return [
      {
        level: 'warning',
        message: `CRI-O lets each container have ${limit} processes and threads, and Docker sets no limit; which containers of the node have more is not known`,
        fix: `set pids_limit = ${noLimit(crio.value.version)} under [crio.runtime] in a drop-in of CRI-O, or see that no container needs more than ${limit}`,
      },
    ];
  },
};

const defaultLimit = (version: string): number => ((parseVersion(version)?.minor ?? 0) <= 23 ? 1024 : 0);

/** Since 1.29 it is -1; 0 was none before. */
const noLimit = (version: string): number => ((parseVersion(version)?.minor ?? 0) >= 29 ? -1 : 0);

function podPidsLimit({ config, flags }: KubeletFacts): number {
  const said = flags['pod-max-pids'] ?? config['podPidsLimit'];
  return said === undefined ? -1 : Number(said);
}
