import type { RuntimeIntent } from '../runtime-intent.js';
import { compareVersions, type Version } from '../version.js';

type Flag = readonly [name: string, value: string];

/** Of dockershim, under the names that cri-dockerd has for the same (its own defaults are those of the kubelet). */
const CARRIED = ['cni-cache-dir', 'network-plugin-mtu', 'docker-endpoint', 'image-pull-progress-deadline'] as const;

const STREAMING_BIND_ADDR: Version = { major: 0, minor: 2, patch: 6, preRelease: undefined };

/**
 * What cri-dockerd is to be started with to do what dockershim did. Its streaming server listens on every address unless told
 * otherwise, where dockershim's listened on the loopback alone (cri-dockerd 0.2.6 and later can be told).
 */
export function criDockerdFlags(
  intent: RuntimeIntent,
  kubeletFlags: Readonly<Record<string, string>>,
  version: Version,
): readonly Flag[] {
  const { cni, sandboxImage } = intent;
  const flags: Flag[] = [
    ['network-plugin', kubeletFlags['network-plugin'] ?? ''],
    ['pod-infra-container-image', sandboxImage],
  ];
  if (cni.confDir !== '/etc/cni/net.d') flags.push(['cni-conf-dir', cni.confDir]);
  if (cni.binDirs.join(',') !== '/opt/cni/bin') flags.push(['cni-bin-dir', cni.binDirs.join(',')]);
  for (const name of CARRIED) {
    const value = kubeletFlags[name];
    if (value !== undefined && value !== '') flags.push([name, value]);
  }
  if (compareVersions(version, STREAMING_BIND_ADDR) >= 0) flags.push(['streaming-bind-addr', '127.0.0.1']);
  return flags;
}
