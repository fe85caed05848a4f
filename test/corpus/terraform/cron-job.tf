resource "kubernetes_cron_job_v1" "prune" {
  metadata {
    name = "prune"
  }
  spec {
    schedule = "0 3 * * *"
    job_template {
      spec {
        template {
          spec {
            container {
              name    = "prune"
              image   = "docker:20"
              command = ["docker", "system", "prune", "--force"]
            }
            volume {
              name = "sock"
              host_path { path = "/run/docker.sock" }
            }
          }
        }
      }
    }
  }
}
