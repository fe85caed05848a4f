import type { NodeInventory } from '../core/inventory.js';

/** What the kubelet really talks to, and where that is known from. */
export function kubeletLines({ kubelet }: NodeInventory): string[] {
  if (!kubelet.known) return [];
  const { version, pid, runtime, cgroupDriver, configPath, staticPodPath, inContainer } = kubelet.value;
  return [
    `${version} talks to ${runtime.kind} at ${runtime.endpoint}`,
    `known from ${kubelet.from}`,
    [
      `pid ${pid}${inContainer ? ' in a container' : ''}`,
      `cgroup driver ${cgroupDriver}`,
      configPath === undefined ? 'no configuration file' : `configuration ${configPath}`,
      ...(staticPodPath === undefined ? [] : [`static pods ${staticPodPath}`]),
    ].join(', '),
  ];
}
