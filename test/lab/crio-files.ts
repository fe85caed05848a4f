import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RootFile } from './base-recipe.js';

const UNIT = `[Unit]
Description=Container Runtime Interface for OCI (CRI-O)
Wants=network-online.target
After=network-online.target

[Service]
Type=notify
ExecStart=/usr/local/bin/crio
ExecReload=/bin/kill -s HUP $MAINPID
TasksMax=infinity
TimeoutStartSec=0
Restart=on-abnormal

[Install]
WantedBy=multi-user.target
`;

const CONFIG = `[crio.runtime]
conmon = "/usr/bin/conmon"
pinns_path = "/usr/local/bin/pinns"
default_runtime = "runc"

[crio.runtime.runtimes.runc]
runtime_path = "/usr/local/sbin/crio-runc"

[crio.image]
pause_command = "/pause"
`;

/**
 * CRI-O takes from /proc/cgroups that there is a hugetlb hierarchy, and asks for limits there as the kubelet tells it; a
 * machine whose kernel has the controller and nobody mounted it is one that runc refuses to set them on.
 */
const RUNC = `#!/bin/sh
bundle='' before=''
for word in "$@"; do
  case "$before" in -b | --bundle) bundle=$word ;; esac
  before=$word
done
spec=$bundle/config.json
if [ ! -d /sys/fs/cgroup/hugetlb ] && [ -n "$bundle" ] && changed=$(jq -c 'del(.linux.resources.hugepageLimits)' "$spec"); then
  printf '%s\\n' "$changed" >"$spec"
fi
exec /usr/local/sbin/runc "$@"
`;

/** CRI-O as a package leaves it before anybody starts it, with its binaries from $KUBE_BIN. */
export function crioFiles(kubeBin: string): RootFile[] {
  return [
    ...['crio', 'pinns'].map((name) => ({
      path: `/usr/local/bin/${name}`,
      content: binary(kubeBin, name),
      mode: 0o755,
    })),
    { path: '/usr/local/sbin/crio-runc', content: RUNC, mode: 0o755 },
    { path: '/etc/crio/crio.conf', content: CONFIG },
    { path: '/etc/crio/crio.conf.d/.keep', content: '' },
    { path: '/etc/containers/policy.json', content: '{"default": [{"type": "insecureAcceptAnything"}]}\n' },
    { path: '/etc/systemd/system/crio.service', content: UNIT },
  ];
}

function binary(kubeBin: string, name: string): Buffer {
  try {
    return readFileSync(path.join(kubeBin, name));
  } catch (cause) {
    throw new Error(`a node with CRI-O needs ${name} in KUBE_BIN (${kubeBin})`, { cause });
  }
}
