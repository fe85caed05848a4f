import type { RegistryIntent } from '../runtime-intent.js';

/** What a `hosts.toml` is to say. */
export interface RegistryHosts {
  /** The registry: `docker.io`, `registry.lab:5000`, `_default`. */
  readonly registry: string;
  /** Undefined for the registry itself. */
  readonly server: string | undefined;
  /** In the order in which they are asked. */
  readonly hosts: readonly RegistryHost[];
}

export interface RegistryHost {
  /** `https://mirror.lab`. */
  readonly url: string;
  readonly capabilities: readonly string[];
  /** Paths of files, of which `client` has a certificate and its key. */
  readonly ca: readonly string[];
  readonly client: readonly (readonly [cert: string, key: string])[];
  readonly skipVerify: boolean;
  /** The URL has a path that takes the place of `/v2`. */
  readonly overridePath: boolean;
}

export type HostCertificates = Pick<RegistryHost, 'ca' | 'client'>;

const PULL = ['pull', 'resolve'];
const PUSH = [...PULL, 'push'];
export const DOCKER_HUB = 'docker.io';

/** Docker's registries as containerd knows them, sorted by name; `certificatesOf` gives the files for a host, where they will be. */
export function registryHosts(
  { mirrors, insecure, certificates }: RegistryIntent,
  certificatesOf: (host: string) => HostCertificates,
): readonly RegistryHosts[] {
  // Docker trusts Docker Hub by the system's certificates, whatever it is told.
  const names = new Set([...insecure, ...certificates.map(({ host }) => host)]);
  names.delete(DOCKER_HUB);
  const own = [...names].map((host): RegistryHosts => {
    const isInsecure = insecure.includes(host);
    const secure = { url: `https://${host}`, capabilities: PUSH, ...certificatesOf(host), overridePath: false };
    const plain = { ...PLAIN, url: `http://${host}`, capabilities: PUSH };
    return {
      registry: host,
      server: `https://${host}`,
      hosts: [{ ...secure, skipVerify: isInsecure }, ...(isInsecure ? [plain] : [])],
    };
  });
  const hub: RegistryHosts = {
    registry: DOCKER_HUB,
    server: 'https://registry-1.docker.io',
    hosts: mirrors.map((url): RegistryHost => {
      if (!url.startsWith('https://')) return { ...PLAIN, url, capabilities: PULL };
      const host = hostOf(url);
      // Docker asks a mirror by its own scheme only, without looking at its certificate where it is insecure.
      const tls = { ...certificatesOf(host), skipVerify: insecure.includes(host) };
      return { url, capabilities: PULL, ...tls, overridePath: false };
    }),
  };
  return [...own, ...(mirrors.length > 0 ? [hub] : [])].sort((a, b) => (a.registry < b.registry ? -1 : 1));
}

const PLAIN = { ca: [], client: [], skipVerify: false, overridePath: false } as const;

/** With its port. */
export const hostOf = (url: string): string => /^[^/]*\/\/([^/]*)/.exec(url)?.[1] ?? url;
