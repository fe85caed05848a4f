import type { Place } from '../../manifests/place.js';

export interface DriverSaid {
  readonly of: 'docker' | 'kubelet';
  readonly driver: string;
  readonly at: Place;
}

const SAID =
  /native\.cgroupdriver=(systemd|cgroupfs)|(?:--cgroup-driver[= ]|\bcgroupDriver["']?:\s{0,8})["']?(systemd|cgroupfs)/g;

/** The cgroup drivers that a text gives Docker and the kubelet, in whatever language it does. */
export function* cgroupDrivers(text: string, at: (offset: number, length: number) => Place): Generator<DriverSaid> {
  for (const match of text.matchAll(SAID)) {
    const [all, docker, kubelet = ''] = match;
    const place = at(match.index, all.length);
    yield docker === undefined
      ? { of: 'kubelet', driver: kubelet, at: place }
      : { of: 'docker', driver: docker, at: place };
  }
}
