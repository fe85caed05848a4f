resource "kubernetes_stateful_set" "builder" {
  metadata { name = "builder" }
  spec {
    service_name = "builder"
    template {
      spec {
        container {
          name  = "builder"
          image = "registry.example.com/builder:${var.tag}"
          volume_mount {
            name       = "docker"
            mount_path = "/var/run/docker.sock"
          }
        }
        volume {
          name = "docker"
          host_path {
            path = "/var/run/docker.sock"
            type = "Socket"
          }
        }
      }
    }
  }
}
