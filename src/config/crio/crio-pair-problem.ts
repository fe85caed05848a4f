import type { Version } from '../version.js';

/** Why a kubelet and a CRI-O do not understand each other: fit to follow "because"; undefined where they do. */
export function crioPairProblem({ minor: crio }: Version, { minor: kubelet }: Version): string | undefined {
  if (kubelet <= 22 && crio >= 26) return 'the kubelet speaks CRI v1alpha2 only, which CRI-O knows up to 1.25';
  if (kubelet >= 26 && crio <= 20) return 'the kubelet speaks CRI v1 only, which CRI-O knows from 1.21 on';
  if (kubelet >= 36 && crio <= 27) return 'the kubelet asks for its RuntimeConfig, which CRI-O has from 1.28 on';
  return undefined;
}
