#!/bin/bash
set -e
mkdir -p /etc/docker
cat > /etc/docker/daemon.json <<'EOT'
{
  "exec-opts": ["native.cgroupdriver=systemd"],
  "log-driver": "json-file",
  "log-opts": {"max-size": "100m"}
}
EOT
systemctl daemon-reload
systemctl restart docker
