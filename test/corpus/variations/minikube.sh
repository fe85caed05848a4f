#!/bin/sh
set -e
minikube start --kubernetes-version=v1.23.17 --container-runtime=docker --memory=4096
