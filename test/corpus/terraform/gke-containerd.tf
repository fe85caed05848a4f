resource "google_container_node_pool" "new" {
  name    = "new"
  cluster = google_container_cluster.main.name
  node_config {
    machine_type = "e2-standard-4"
    image_type   = "COS_CONTAINERD" # was COS, with Docker
  }
}
resource "google_artifact_registry_repository" "docker" {
  format        = "DOCKER"
  repository_id = "docker"
}
