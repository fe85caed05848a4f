/** Which socket kubeadm believes a node's runtime to listen on. */
export const CRI_SOCKET_ANNOTATION = 'kubeadm.alpha.kubernetes.io/cri-socket';
