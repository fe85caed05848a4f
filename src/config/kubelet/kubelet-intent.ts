import { known, unknown } from '../../core/fact.js';
import type { CniFacts, KubeletFacts } from '../../core/inventory.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../runtime-intent.js';
import { cniDirectories } from './cni-directories.js';
import { formatGoDuration, parseGoDuration } from './go-duration.js';
import { sandboxImage } from './sandbox-image.js';

type KubeletIntent = Pick<RuntimeIntent, 'cgroupDriver' | 'sandboxImage' | 'cni' | 'pullProgressTimeout'>;

/** What dockershim had from the kubelet, and the new runtime has from its own configuration; Docker's defaults without one. */
export function kubeletIntent(kubelet: KubeletFacts | undefined, cni: CniFacts | undefined): KubeletIntent {
  if (kubelet === undefined) {
    const { cgroupDriver, sandboxImage: image, cni: defaults, pullProgressTimeout } = DEFAULT_INTENT;
    const found = cni === undefined ? defaults : { confDir: cni.confDir, binDirs: [cni.binDir] };
    return { cgroupDriver, sandboxImage: image, cni: found, pullProgressTimeout };
  }
  const fact = cni === undefined ? unknown('it was not looked at') : known(cni, 'the CNI directories');
  const { cniConfDir, cniBinDirs } = cniDirectories({ cni: fact }, kubelet);
  const deadline = parseGoDuration(kubelet.flags['image-pull-progress-deadline'] ?? '');
  return {
    cgroupDriver: kubelet.cgroupDriver,
    sandboxImage: sandboxImage(kubelet) ?? DEFAULT_INTENT.sandboxImage,
    cni: { confDir: cniConfDir, binDirs: cniBinDirs },
    pullProgressTimeout: deadline === undefined ? undefined : formatGoDuration(deadline),
  };
}
