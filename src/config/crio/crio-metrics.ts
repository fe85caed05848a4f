import type { TomlTable } from 'smol-toml';
import type { Version } from '../version.js';

const CRIO_PORT = 9090;
const OTHER_PORT = 9537;

/** CRI-O's own port, since Docker keeps its own as long as it is there. Before 1.30 CRI-O listens on every address. */
export function crioMetrics(address: string | undefined, { minor }: Version): TomlTable {
  if (address === undefined) return {};
  const [, written = '', dockerPort = ''] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
  const host = written.replace(/^\[|\]$/g, '') || '0.0.0.0';
  const port = Number(dockerPort) === CRIO_PORT ? OTHER_PORT : CRIO_PORT;
  return { enable_metrics: true, metrics_port: BigInt(port), ...(minor >= 30 ? { metrics_host: host } : {}) };
}
