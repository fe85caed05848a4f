#!/bin/bash
set -e
kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef \
  --discovery-token-unsafe-skip-ca-verification \
  --cri-socket /var/run/dockershim.sock
