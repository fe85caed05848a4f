import type { Agent } from './agent.js';

export const storage: readonly Agent[] = [
  {
    id: 'portworx',
    product: 'Portworx',
    images: ['portworx/oci-monitor', 'portworx/px-enterprise', 'portworx/px-dev'],
    words: ['portworx'],
    dependency: 'installs itself through the Docker socket unless it is given that of containerd or CRI-O',
    advice: 'Generate the manifest of a current version anew; it mounts the sockets of containerd and CRI-O as well.',
    links: ['https://docs.portworx.com/'],
  },
  {
    id: 'docker-volume-plugins',
    product: 'a volume plugin of Docker',
    images: [
      'rexray/rexray',
      'clusterhq/flocker-dataset-agent',
      'clusterhq/flocker-control-service',
      'cloudstor/aws',
      'vieux/sshfs',
    ],
    words: ['rexray/rexray', 'clusterhq', 'cloudstor', 'vieux/sshfs'],
    dependency: 'serves volumes to Docker through /run/docker/plugins',
    advice: 'Replace it by the CSI driver of the storage; move the data before Docker goes.',
    dockerOnly: true,
    links: ['https://kubernetes-csi.github.io/docs/drivers.html'],
  },
];
