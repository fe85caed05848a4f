#!/usr/bin/env bash
set -euo pipefail
apt-get update && apt-get install -y docker.io
systemctl enable docker
systemctl start docker
docker login -u robot --password-stdin registry.example.com < /root/token
docker run -d --name node-agent --restart unless-stopped --net host registry.example.com/node-agent:4
