#!/bin/bash
exec /usr/bin/docker run \
  --restart=on-failure:5 \
  --net=host \
  -v /etc/ssl/certs:/etc/ssl/certs:ro \
  -v /var/lib/etcd:/var/lib/etcd:rw \
  --name=etcd1 \
  quay.io/coreos/etcd:v3.4.13 \
  /usr/local/bin/etcd "$@"
