import { compareVersions, parseVersion, type Version } from './version.js';

/** From which patch on a minor version of containerd serves a minor version of Kubernetes, by containerd's own matrix. */
const MINIMA: Readonly<Record<number, readonly string[]>> = {
  32: ['1.6.36', '1.7.24', '2.0.1', '2.1.0'],
  33: ['1.6.36', '1.7.24', '2.0.4', '2.1.0'],
  34: ['1.6.39', '1.7.28', '2.0.6', '2.1.3'],
  35: ['1.7.28', '2.1.5', '2.2.0'],
  36: ['2.2.0', '2.3.0'],
};

export interface PairProblem {
  /** Fit to follow "because". */
  readonly because: string;
  readonly fix: string;
}

/** Why a kubelet cannot be served by a containerd, or undefined when it can. */
export function versionPairProblem(containerdText: string, kubeletText: string): PairProblem | undefined {
  const containerd = parseVersion(containerdText);
  const kubelet = parseVersion(kubeletText);
  if (containerd === undefined) return unreadable('containerd', containerdText);
  if (kubelet === undefined) return unreadable('the kubelet', kubeletText);

  if (kubelet.major !== 1 || kubelet.minor < 19 || kubelet.minor > 36) {
    return {
      because: `no pair with a kubelet ${kubeletText} is known to work`,
      fix: 'use a kubelet from 1.19 to 1.36',
    };
  }
  if (older(containerd, '1.4.0')) return { because: 'containerd before 1.4 is not supported', fix: upgradeTo('1.6') };
  if (!older(containerd, '1.6.0') && older(containerd, '1.6.4')) {
    return { because: 'containerd 1.6.0 to 1.6.3 fails on CNI networks without a version', fix: upgradeTo('1.6.4') };
  }
  if (kubelet.minor <= 22 && containerd.major >= 2) {
    const because = `a kubelet ${kubeletText} speaks CRI v1alpha2 only, which containerd 2 does not know`;
    return { because, fix: 'install containerd 1.6 or 1.7' };
  }
  if (kubelet.minor >= 26 && older(containerd, '1.6.0')) {
    const because = `a kubelet ${kubeletText} speaks CRI v1 only, which containerd knows from 1.6 on`;
    return { because, fix: upgradeTo('1.6') };
  }
  return belowMinimum(containerd, kubelet);
}

function belowMinimum(containerd: Version, kubelet: Version): PairProblem | undefined {
  const minima = MINIMA[kubelet.minor];
  if (minima === undefined) return undefined;
  const sameMinor = minima.find((minimum) => minimum.startsWith(`${containerd.major}.${containerd.minor}.`));
  const newest = minima.at(-1);
  if (sameMinor !== undefined ? !older(containerd, sameMinor) : newest !== undefined && !older(containerd, newest)) {
    return undefined;
  }
  const because = `Kubernetes 1.${kubelet.minor} asks for containerd ${minima.join(' or ')}, or a later one of its line`;
  return { because, fix: 'install one of these versions of containerd' };
}

function older(version: Version, than: string): boolean {
  const other = parseVersion(than);
  return other !== undefined && compareVersions(version, other) < 0;
}

const upgradeTo = (version: string): string => `install containerd ${version} or later`;

const unreadable = (whose: string, text: string): PairProblem => ({
  because: `the version of ${whose} reads "${text}"`,
  fix: `see what \`${whose === 'containerd' ? 'containerd' : 'kubelet'} --version\` says on the node`,
});
