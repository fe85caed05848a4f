resource "helm_release" "agent" {
  name  = "agent"
  chart = "agent"
  set {
    name  = "extraVolumes[0].hostPath.path"
    value = "/var/run/docker.sock"
  }
  set {
    name  = "image.registry"
    value = "docker.io"
  }
}
