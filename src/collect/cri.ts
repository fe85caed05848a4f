import { unknown } from '../core/fact.js';
import type { CriEndpointFacts, CriFacts } from '../core/inventory.js';
import type { CriReader, ReadHost } from '../core/ports.js';
import { followLinks } from './follow-links.js';
import { normaliseEndpoint } from '../config/kubelet/kubelet-endpoint.js';
import { observe } from './observe.js';

const WELL_KNOWN = [
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/dockershim.sock',
  '/run/cri-dockerd.sock',
];

/** One for each socket. A link (Amazon's dockershim.sock to containerd) is the socket it leads to, not another one. */
export async function collectCri(
  host: ReadHost,
  cri: (endpoint: string) => Promise<CriReader>,
  kubeletEndpoint: string | undefined,
): Promise<readonly CriEndpointFacts[]> {
  const own = kubeletEndpoint?.startsWith('unix:///') === true ? [kubeletEndpoint.slice('unix://'.length)] : [];
  const looks = await Promise.all([...new Set([...own, ...WELL_KNOWN])].map((path) => look(host, path)));
  const endpoints = new Map(
    looks.flatMap((found) => (found === undefined ? [] : [[found.endpoint, found.why] as const])),
  );
  return Promise.all(
    [...endpoints].map(async ([endpoint, why]) => {
      if (why !== undefined) return { endpoint, status: unknown(why) };
      return { endpoint, status: await observe(endpoint, () => factsOf(cri, endpoint)) };
    }),
  );
}

async function look(host: ReadHost, path: string): Promise<{ endpoint: string; why: string | undefined } | undefined> {
  const end = await observe(path, () => followLinks(host, path));
  // A socket that cannot even be looked for may be there.
  if (!end.known) return { endpoint: normaliseEndpoint(path), why: end.why };
  if (end.value?.stat.type !== 'socket') return undefined;
  return { endpoint: normaliseEndpoint(end.value.path), why: undefined };
}

async function factsOf(cri: (endpoint: string) => Promise<CriReader>, endpoint: string): Promise<CriFacts> {
  const reader = await cri(endpoint);
  try {
    return await reader.facts();
  } finally {
    await reader.close();
  }
}
