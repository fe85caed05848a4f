import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';

export interface MachineIdentity {
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly machineId: string | undefined;
}

export interface NodeIdentity {
  readonly name: string;
  readonly internalIp: string | undefined;
  /** The Node's status.nodeInfo.machineID, where it was read. */
  readonly machineId?: string;
}

/**
 * Whether a node of the cluster is the machine this runs on. Two of three signs have to agree (name, address, machine
 * id): machines cloned from one image share a machine id, and different sites share names and private addresses. A
 * machine id that differs settles it.
 */
export async function isThisMachine(node: NodeIdentity, machine?: MachineIdentity): Promise<boolean> {
  const self = machine ?? (await thisMachine());
  const sameId = node.machineId !== undefined && self.machineId === node.machineId;
  if (node.machineId !== undefined && self.machineId !== undefined && !sameId) return false;
  const sameName = node.name.toLowerCase() === self.hostname.trim().toLowerCase();
  const sameAddress = node.internalIp !== undefined && self.addresses.includes(node.internalIp);
  return [sameId, sameName, sameAddress].filter(Boolean).length >= 2;
}

async function thisMachine(): Promise<MachineIdentity> {
  const machineId = await readFile('/etc/machine-id', 'utf8').catch(() => '');
  const addresses = Object.values(networkInterfaces()).flatMap((of) => (of ?? []).filter((one) => !one.internal));
  return {
    hostname: hostname(),
    addresses: addresses.map((one) => one.address),
    machineId: machineId.trim() || undefined,
  };
}
