#!/usr/bin/env bash
set -euo pipefail
# repository of containerd.io packages
curl -fsSL https://download.docker.com/linux/ubuntu/gpg | gpg --dearmor -o /usr/share/keyrings/docker.gpg
echo "deb [signed-by=/usr/share/keyrings/docker.gpg] https://download.docker.com/linux/ubuntu jammy stable" > /etc/apt/sources.list.d/docker.list
apt-get update && apt-get install -y containerd.io
systemctl enable --now containerd
crictl pull registry.example.com/base:1
