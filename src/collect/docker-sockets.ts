/** Where dockerd listens, as it may have been told. `/var/run` is a link to `/run` on every host with systemd. */
export const DOCKER_SOCKETS: ReadonlySet<string> = new Set(['/run/docker.sock', '/var/run/docker.sock']);
