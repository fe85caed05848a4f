import { posix } from 'node:path';

interface Mount {
  /** Major and minor number of the file system's device. */
  readonly device: string;
  /** Which part of the file system is mounted. */
  readonly root: string;
  readonly point: string;
}

/**
 * Whether a process can reach a file of the host by any of its own mounts: those of the same file system whose root is the
 * file or a directory above it. Both lists are `/proc/<pid>/mountinfo`, see proc(5).
 */
export function seesSocket(file: string, hostMounts: string, ownMounts: string): boolean {
  const path = file.replace(/^\/var\/run\//, '/run/');
  const [mount] = mountsOf(hostMounts)
    .filter(({ point }) => isBelow(path, point))
    .toSorted((a, b) => b.point.length - a.point.length);
  if (mount === undefined) return false;
  const inside = posix.join(mount.root, posix.relative(mount.point, path));
  return mountsOf(ownMounts).some(({ device, root }) => device === mount.device && isBelow(inside, root));
}

/** `25 1 0:43 /docker.sock /var/run/docker.sock rw,nosuid - tmpfs tmpfs rw` */
function mountsOf(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [, , device, root, point] = line.split(' ');
    return device === undefined || root === undefined || point === undefined ? [] : [{ device, root, point }];
  });
}

const isBelow = (path: string, directory: string): boolean =>
  directory === '/' || path === directory || path.startsWith(`${directory}/`);
