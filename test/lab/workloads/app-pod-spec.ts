import { IMAGES } from '../images.js';

export interface AppOptions {
  /** Ignore SIGTERM, so that only the end of the grace period ends it. */
  readonly stubborn?: boolean;
  readonly graceSeconds?: number;
  /** Merged over the pod's spec: nodeName, hostNetwork, volumes, tolerations. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Merged over its one container: volumeMounts, env, securityContext. */
  readonly container?: Readonly<Record<string, unknown>>;
}

const OBEDIENT = "trap 'exit 0' TERM INT; while :; do sleep 3600 & wait $!; done";
const STUBBORN = "trap '' TERM INT; while :; do sleep 1; done";

/** A pod of the lab's own image that runs until it is ended. */
export function appPodSpec({ stubborn = false, graceSeconds = 30, spec = {}, container = {} }: AppOptions = {}) {
  return {
    terminationGracePeriodSeconds: graceSeconds,
    containers: [
      {
        name: 'app',
        image: IMAGES.app,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', stubborn ? STUBBORN : OBEDIENT],
        ...container,
      },
    ],
    ...spec,
  };
}
