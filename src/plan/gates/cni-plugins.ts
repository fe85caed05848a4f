import type { Notice } from '../../core/plan.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const cniPlugins: Gate = {
  id: 'cni-plugins',
  title: 'The programs of the CNI network are there',
  why: 'dockershim brought a loopback of its own; containerd calls the loopback plugin for every pod. A missing program shows only when the first sandbox starts, which then never does.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/troubleshooting-cni-plugin-related-errors/',
  ],
  check: ({ inventory: { cni, pods }, options: { target } }) => {
    if (!cni.known) return [notKnown('whether the CNI plugins are there', cni.why)];
    const { binDir, binaries, networks } = cni.value;
    // No network at all is another gate's to tell.
    const used = networks.find(({ pluginTypes }) => pluginTypes.some((type) => type !== 'loopback'));
    if (used === undefined) return [];
    const notices: Omit<Notice, 'gate'>[] = [];
    // CRI-O brings the loopback up itself.
    const own = target === 'containerd' ? ['loopback'] : [];
    const missing = [...new Set([...own, ...used.pluginTypes])].filter((type) => !binaries.includes(type));
    if (missing.length > 0) {
      const message = `${binDir} lacks ${missing.length === 1 ? 'the CNI plugin' : 'the CNI plugins'} ${missing.join(', ')}, which pods of the network ${used.name} need`;
      notices.push({
        level: 'blocker',
        message,
        fix: 'install the CNI plugins (containernetworking-plugins), and plan again',
      });
    }
    if (!pods.known) return [...notices, notKnown('whether pods use host ports', pods.why)];
    const withPorts = pods.value.filter(({ hostPorts, hostNetwork }) => hostPorts.length > 0 && !hostNetwork);
    if (withPorts.length > 0 && !used.pluginTypes.includes('portmap')) {
      const message = `the network ${used.name} has no portmap plugin, and host ports of ${nameList(withPorts.map(podName))} may end`;
      notices.push({
        level: 'warning',
        message,
        fix: 'see that the network opens host ports by itself, as Cilium does, or add portmap to it',
      });
    }
    return notices;
  },
};
