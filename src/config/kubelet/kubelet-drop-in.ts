export const KUBELET_DROP_IN = '/etc/systemd/system/kubelet.service.d/20-dockershim-migrate.conf';

export interface DropInContent {
  /** A unit to start before the kubelet; undefined where nothing tied the kubelet to Docker's. */
  readonly runtimeUnit: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly execStart: string | undefined;
}

/** The drop-in that holds what no file of the kubelet's can be edited for; undefined when there is nothing to say. */
export function kubeletDropIn({ runtimeUnit, environment, execStart }: DropInContent): string | undefined {
  const unit = runtimeUnit === undefined ? [] : [`After=${runtimeUnit}`, `Wants=${runtimeUnit}`];
  const service = Object.entries(environment).map(([name, value]) => `Environment="${escaped(`${name}=${value}`)}"`);
  // A second ExecStart= would be a second command; the empty one takes back what the unit says.
  if (execStart !== undefined) service.push('ExecStart=', `ExecStart=${execStart}`);
  if (unit.length + service.length === 0) return undefined;

  const sections = [
    ...(unit.length > 0 ? [['[Unit]', ...unit]] : []),
    ...(service.length > 0 ? [['[Service]', ...service]] : []),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Within double quotes; percent signs introduce specifiers in unit files, and only there. */
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&').replaceAll('%', '%%').replaceAll('\n', '\\n');
