export interface FilePrint {
  readonly type: string;
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  readonly sha256?: string;
  readonly target?: string;
}

export interface UnitPrint {
  readonly enabled: string;
  readonly active: string;
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
}

export interface Fingerprint {
  readonly files: Readonly<Record<string, FilePrint>>;
  readonly units: Readonly<Record<string, UnitPrint>>;
}

interface Console {
  exec(command: readonly string[]): Promise<string>;
}

const UNITS = ['docker.service', 'docker.socket', 'containerd.service', 'crio.service', 'kubelet.service'];

/** Everything an administrator configures, and what kubeadm writes beside the kubelet's data. */
const ROOTS = ['/etc', '/var/lib/kubelet'];

/** What changes by itself, and why. */
const VOLATILE: readonly RegExp[] = [
  // Only the files beside the kubelet's data folders (pods, plugins, pki, device-plugins) are configuration.
  /^\/var\/lib\/kubelet\/[^/]+\//,
  // The kubelet writes these anew at each start, and must when its CPU or memory policy changes.
  /^\/var\/lib\/kubelet\/(cpu|memory)_manager_state$/,
  // Caches, stamps and locks of ldconfig, systemd and the account tools.
  /^\/etc\/(ld\.so\.cache|\.updated|\.pwd\.lock)$/,
];

const LIST = String.raw`
for root in "$@"; do
  [ -e "$root" ] && find "$root" -xdev ! -type s -printf 'F\t%y\t%m\t%U\t%G\t%p\t%l\n'
  [ -e "$root" ] && find "$root" -xdev -type f ! -path '/var/lib/kubelet/*/*' -exec sha256sum -- {} + | sed 's/^/S\t/'
done; :`;

/** The state of a node's files and units, to be compared whole with an earlier one. */
export async function fingerprint(node: Console, paths: readonly string[] = ROOTS): Promise<Fingerprint> {
  const sums = new Map<string, string>();
  const files: Record<string, FilePrint> = {};
  const lines = (await node.exec(['sh', '-c', LIST, 'sh', ...paths])).split('\n');
  for (const line of lines) if (line.startsWith('S\t')) sums.set(line.slice(68), line.slice(2, 66));
  for (const line of lines) {
    const [kind, type = '', mode = '', uid, gid, path = '', target = ''] = line.split('\t');
    if (kind !== 'F' || VOLATILE.some((pattern) => pattern.test(path))) continue;
    const sha256 = sums.get(path);
    files[path] = {
      ...{ type, mode, uid: Number(uid), gid: Number(gid) },
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(type === 'l' ? { target } : {}),
    };
  }
  return { files, units: await unitPrints(node) };
}

async function unitPrints(node: Console): Promise<Record<string, UnitPrint>> {
  const properties = '--property=Id,UnitFileState,ActiveState,FragmentPath,DropInPaths';
  const blocks = (await node.exec(['systemctl', 'show', properties, ...UNITS])).trim().split('\n\n');
  return Object.fromEntries(
    blocks.map((block) => {
      const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(block)?.[1] ?? '';
      const print: UnitPrint = {
        enabled: value('UnitFileState'),
        active: value('ActiveState'),
        fragmentPath: value('FragmentPath'),
        dropInPaths: value('DropInPaths')
          .split(' ')
          .filter((path) => path !== ''),
      };
      return [value('Id'), print];
    }),
  );
}
