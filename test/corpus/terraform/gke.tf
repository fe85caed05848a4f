resource "google_container_node_pool" "old" {
  name       = "old"
  cluster    = google_container_cluster.main.name
  node_count = 3
  node_config {
    machine_type = "e2-standard-4"
    image_type   = "COS"
  }
}
