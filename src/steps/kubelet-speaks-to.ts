import { sameEndpoint } from '../config/kubelet/kubelet-endpoint.js';
import type { ReadHost } from '../core/ports.js';
import { unitState } from './unit-state.js';

/** Whether a kubelet runs, and was started with this CRI endpoint on its command line. */
export async function kubeletSpeaksTo(host: ReadHost, endpoint: string): Promise<boolean> {
  const { activeState, mainPid } = await unitState(host, 'kubelet.service');
  if (activeState !== 'active' || mainPid === 0) return false;
  const content = await host.readFile(`/proc/${mainPid}/cmdline`);
  if (content === undefined) return false;
  const argv = new TextDecoder().decode(content).split('\0');
  return argv.some((argument, index) => {
    const [flag, value] = argument.split(/=(.*)/s);
    if (flag?.replace(/^--?/, '').replaceAll('_', '-') !== 'container-runtime-endpoint') return false;
    return sameEndpoint(value ?? argv[index + 1] ?? '', endpoint);
  });
}
