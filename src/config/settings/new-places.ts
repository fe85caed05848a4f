/** Files that say from now on what Docker was told, as the generators write them. */
export const NEW_PLACES = {
  containerd: '/etc/containerd/config.toml',
  crio: '/etc/crio/crio.conf.d/10-docker-migration.conf',
  crioNets: '/etc/crio/crio.conf.d/10-docker-migration-insecure.conf',
  registries: '/etc/containers/registries.conf.d/10-docker-migration.conf',
  certs: '/etc/containerd/certs.d',
  kubelet: 'KubeletConfiguration',
} as const;
