resource "kubernetes_manifest" "agent" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "DaemonSet"
    metadata   = { name = "agent", namespace = "kube-system" }
    spec = {
      template = {
        spec = {
          containers = [{ name = "agent", image = "example.com/agent:1" }]
          volumes    = [{ name = "sock", hostPath = { path = "/var/run/docker.sock" } }]
        }
      }
    }
  }
}
