/** Options of the `docker` client itself that take the next word. */
export const DOCKER_CLIENT_OPTIONS = ['-H', '--host', '-c', '--context', '--config', '-l', '--log-level'] as const;
