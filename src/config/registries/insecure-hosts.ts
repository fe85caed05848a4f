import { parseReference } from '../image-reference.js';

/**
 * The registries, with their ports, that images come from and whose address is in one of the nets. Only addresses are
 * compared: what a name resolves to is not known here, but for `localhost`.
 */
export function hostsInNets(nets: readonly string[], images: readonly string[]): readonly string[] {
  const ranges = nets.map(parseNet).filter((net) => net !== undefined);
  const hosts = new Set(images.flatMap((image) => parseReference(image)?.registry ?? []));
  return [...hosts]
    .filter((host) => {
      const address = parseAddress(addressOf(host));
      return address !== undefined && ranges.some((range) => isWithin(address, range));
    })
    .sort();
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Net extends Address {
  readonly length: number;
}

/** Whether a text is an IPv4 or IPv6 net in CIDR notation. */
export const isNet = (text: string): boolean => parseNet(text) !== undefined;

function parseNet(text: string): Net | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text.trim());
  const address = parseAddress(match?.[1] ?? '');
  const length = Number(match?.[2]);
  return address === undefined || !(length <= address.bits) ? undefined : { ...address, length };
}

const isWithin = (address: Address, net: Net): boolean => {
  const free = BigInt(net.bits - net.length);
  return address.bits === net.bits && address.value >> free === net.value >> free;
};

/** Without port and brackets. */
function addressOf(host: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '');
  return bare === 'localhost' ? '127.0.0.1' : bare;
}

function parseAddress(text: string): Address | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { bits: 32, value: v4 };
  if (!text.includes(':')) return undefined;
  // An IPv4 address may stand for the last two groups.
  const tail = parseV4(/[^:]*$/.exec(text)?.[0] ?? '');
  const hex =
    tail === undefined
      ? text
      : text.replace(/[^:]*$/, `${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`);
  const [left = '', right, ...more] = hex.split('::');
  if (more.length > 0) return undefined;
  const head = left === '' ? [] : left.split(':');
  const rest = right === undefined || right === '' ? [] : right.split(':');
  const missing = 8 - head.length - rest.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...rest];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}
