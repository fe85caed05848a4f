terraform {
  required_providers {
    docker = { source = "kreuzwerker/docker", version = "~> 3.0" }
  }
}
resource "docker_image" "nginx" { name = "nginx:latest" }
resource "docker_container" "nginx" {
  image = docker_image.nginx.image_id
  name  = "tutorial"
  volumes {
    host_path      = "/srv/www"
    container_path = "/usr/share/nginx/html"
  }
}
