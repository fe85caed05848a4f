import { appPodSpec, type AppOptions } from './app-pod-spec.js';

const SOCKET = '/var/run/docker.sock';

/** For a pod that runs the node's own docker client and stays connected to the node's Docker Engine. */
export const dockerClient = {
  spec: {
    volumes: [
      { name: 'docker', hostPath: { path: SOCKET } },
      { name: 'usr', hostPath: { path: '/usr' } },
      { name: 'lib', hostPath: { path: '/usr/lib' } },
      { name: 'lib64', hostPath: { path: '/usr/lib64' } },
    ],
  },
  container: {
    command: ['docker', 'events'],
    env: [{ name: 'PATH', value: '/usr/bin:/bin' }],
    volumeMounts: [
      { name: 'docker', mountPath: SOCKET },
      { name: 'usr', mountPath: '/usr', readOnly: true },
      { name: 'lib', mountPath: '/lib', readOnly: true },
      { name: 'lib64', mountPath: '/lib64', readOnly: true },
    ],
  },
} as const satisfies AppOptions;

/** For a pod that mounts the socket and does nothing with it. */
export const socketMount = {
  spec: { volumes: [{ name: 'docker', hostPath: { path: SOCKET } }] },
  container: { volumeMounts: [{ name: 'docker', mountPath: SOCKET }] },
} as const satisfies AppOptions;

/** The specification of a pod that mounts the socket, for any kind that holds one. */
export const socketPodSpec = () => appPodSpec(socketMount);
