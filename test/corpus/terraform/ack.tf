resource "alicloud_cs_kubernetes_node_pool" "default" {
  name         = "default"
  cluster_id   = alicloud_cs_managed_kubernetes.main.id
  runtime_name = "docker"
  runtime_version = "19.03.5"
  desired_size = 3
}
