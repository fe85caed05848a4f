#!/bin/bash
/etc/eks/bootstrap.sh shop --docker-config-json '{"bridge":"none","log-driver":"json-file","log-opts":{"max-size":"10m"}}' --container-runtime dockerd
