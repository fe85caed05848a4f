import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RootFile } from './base-recipe.js';

const SERVICE = `[Unit]
Description=CRI Interface for Docker Application Container Engine
After=network-online.target docker.service
Requires=cri-docker.socket

[Service]
Type=notify
ExecStart=/usr/bin/cri-dockerd --container-runtime-endpoint fd://
Restart=always
RestartSec=2
TasksMax=infinity
Delegate=yes
KillMode=process

[Install]
WantedBy=multi-user.target
`;

const SOCKET = `[Unit]
Description=CRI Docker Socket for the API
PartOf=cri-docker.service

[Socket]
ListenStream=%t/cri-dockerd.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`;

/** cri-dockerd as a package leaves it before anybody starts it, with its binary from $KUBE_BIN. */
export function criDockerdFiles(kubeBin: string): RootFile[] {
  return [
    { path: '/usr/bin/cri-dockerd', content: binary(kubeBin), mode: 0o755 },
    { path: '/lib/systemd/system/cri-docker.service', content: SERVICE },
    { path: '/lib/systemd/system/cri-docker.socket', content: SOCKET },
  ];
}

function binary(kubeBin: string): Buffer {
  try {
    return readFileSync(path.join(kubeBin, 'cri-dockerd'));
  } catch (cause) {
    throw new Error(`a node with cri-dockerd needs cri-dockerd in KUBE_BIN (${kubeBin})`, { cause });
  }
}
