resource "rancher2_cluster" "main" {
  name = "main"
  rke_config {
    kubernetes_version    = "v1.22.9-rancher1-1"
    ignore_docker_version = false
    network { plugin = "canal" }
  }
}
