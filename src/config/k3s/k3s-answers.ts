import type { GeneratedFile, SettingAnswer } from '../../core/conversion.js';
import type { Notice } from '../../core/plan.js';
import { NEW_PLACES } from '../settings/new-places.js';
import type { K3sProduct } from './k3s-product.js';

export interface K3sAnswers {
  readonly settings: readonly SettingAnswer[];
  readonly notices: readonly Notice[];
}

/**
 * The table of settings for a distribution that writes containerd's configuration itself: what goes to its own files, and that
 * the rest goes nowhere, whatever it would become on another node. `files` are those that were made.
 */
export function k3sAnswers(
  answers: readonly SettingAnswer[],
  product: K3sProduct,
  files: readonly GeneratedFile[],
): K3sAnswers {
  const notices: Notice[] = [];
  const settings = answers.map((answer): SettingAnswer => {
    if (!IS_ELSEWHERE.test(answer.target)) return answer;
    const path = placeOf(answer.target, product, files);
    if (path !== undefined) return { ...answer, target: path };
    if (answer.key === 'exec-opts') {
      const note = `${product.name} chooses the cgroup driver itself, for its kubelet and its containerd alike`;
      return { ...answer, outcome: 'not-needed', target: '', note };
    }
    const note = `${product.name} writes this configuration itself, and it is not taken over`;
    const fix = fixFor(answer.target, product);
    const message = `${answer.key} of ${answer.source}: ${note}`;
    if (answer.outcome !== 'warning') notices.push({ gate: 'k3s', level: 'warning', message, fix });
    return { ...answer, outcome: 'warning', target: '', note };
  });
  return { settings, notices };
}

/** Where the settings of Docker go on any other node. */
const IS_ELSEWHERE = /^(?:\/etc\/containerd\/|\/etc\/systemd\/system\/containerd\.service\.d\/|KubeletConfiguration )/;

function placeOf(target: string, product: K3sProduct, files: readonly GeneratedFile[]): string | undefined {
  const made = (is: (path: string) => boolean): string | undefined => files.find(({ path }) => is(path))?.path;
  if (target.startsWith(NEW_PLACES.certs) || target.startsWith(`${NEW_PLACES.containerd} registry`))
    return made((path) => path === product.registriesPath);
  if (!/ containerd\.runtimes\b/.test(target)) return undefined;
  return made((path) => path.startsWith(`${product.containerdDir}/`));
}

function fixFor(target: string, { name, configPath, containerdDir }: K3sProduct): string {
  if (target.startsWith(NEW_PLACES.kubelet)) return `add it to kubelet-arg in ${configPath}, if it is wanted`;
  if (target.startsWith('/etc/systemd/')) return `set it for the service of ${name}, if it is wanted`;
  return `add it to the template of containerd's configuration in ${containerdDir}, if it is wanted`;
}
