{{- define "agent.dockerVolume" -}}
- name: docker
  hostPath:
    path: /var/run/docker.sock
{{- end -}}
