import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { CriContainerStatus } from '../core/ports.js';
import type { CriConnection } from './cri-connection.js';

const verboseInfo = z.looseObject({ pid: z.number().int().positive() });

/** One container. The pid is in the verbose info of containerd and CRI-O, a JSON text called `info`. */
export async function containerStatus(
  connection: CriConnection,
  containerId: string,
): Promise<CriContainerStatus | undefined> {
  try {
    const { status, info } = await connection.call('RuntimeService/ContainerStatus', { containerId, verbose: true });
    if (status === null) return undefined;
    return { running: status.state === 'CONTAINER_RUNNING', pid: pidIn(info['info']), logPath: status.logPath };
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function pidIn(info: string | undefined): number | undefined {
  if (info === undefined) return undefined;
  try {
    const parsed = verboseInfo.safeParse(JSON.parse(info));
    return parsed.success ? parsed.data.pid : undefined;
  } catch {
    return undefined;
  }
}
