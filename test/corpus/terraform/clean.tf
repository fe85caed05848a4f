# The socket /var/run/docker.sock is no longer mounted.
resource "kubernetes_deployment" "web" {
  metadata { name = "web" }
  spec {
    template {
      spec {
        container {
          name  = "web"
          image = "docker.io/library/nginx:1.25"
        }
        volume {
          name = "cache"
          empty_dir {}
        }
      }
    }
  }
}
provider "docker" {
  host = "unix:///var/run/docker.sock"
}
