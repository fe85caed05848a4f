export interface NodeSpec {
  /** Of Docker and of the kubelet; cgroupfs unless said. */
  readonly cgroupDriver?: 'cgroupfs' | 'systemd';
  /** docker-ce: with the configuration Docker's own containerd package ships, which switches the CRI off. */
  readonly containerd?: 'default' | 'docker-ce';
  /** What /etc/docker/daemon.json holds, as text or as an object. */
  readonly daemonJson?: object | string;
  /** Labelled and tainted as kubeadm does it. */
  readonly controlPlane?: boolean;
  /** CRI-O is installed too, stopped and disabled. */
  readonly crio?: boolean;
  /** cri-dockerd is installed too, stopped and disabled. */
  readonly criDockerd?: boolean;
  /** Return only when the node is Ready on dockershim; true unless said. */
  readonly wait?: boolean;
}

/** What is written down of a node. */
export interface NodeRecord {
  readonly name: string;
  readonly number: number;
  readonly address: string;
  readonly spec: NodeSpec;
  /** Of its sshd; not there before the node's files are. */
  readonly hostKey?: string;
}
