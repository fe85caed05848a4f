import { crioPairProblem } from '../../config/crio/crio-pair-problem.js';
import { parseVersion, type Version } from '../../config/version.js';
import type { Notice } from '../../core/plan.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const crioInstalled: Gate = {
  id: 'crio-installed',
  title: 'CRI-O is there, and understands the kubelet',
  why: 'CRI-O is released with Kubernetes, and the minor versions of both are meant to be the same. Kubelets up to 1.22 speak CRI v1alpha2 only, which CRI-O knows up to 1.25; those from 1.26 on speak v1 only, which it knows from 1.21 on; those from 1.36 on ask for a call that it has from 1.28 on.',
  links: ['https://github.com/cri-o/cri-o#compatibility-matrix-cri-o--kubernetes'],
  check: ({ inventory: { kubelet, crio }, options }) => {
    if (options.target !== 'crio') return [];
    if (!kubelet.known) return [notKnown('which CRI-O the kubelet needs', kubelet.why)];
    const wanted = parseVersion(kubelet.value.version);
    if (!crio.known) {
      const packaged = wanted === undefined ? 'the minor version of the kubelet' : `1.${wanted.minor}`;
      const fix = `install CRI-O ${packaged} beside Docker if it is missing (the package cri-o), which disturbs nothing, and plan again`;
      return [{ ...notKnown('the version of CRI-O', crio.why), fix }];
    }
    const version = parseVersion(crio.value.version);
    const pair = `CRI-O ${crio.value.version} and the kubelet ${kubelet.value.version}`;
    if (wanted === undefined || version === undefined) {
      const fix = 'see what `crio --version` and `kubelet --version` say on the node';
      return [{ level: 'blocker', message: `${pair} are versions that cannot be read`, fix }];
    }
    return [...pairNotices(version, wanted, pair), ...brokenConfig(crio.value.effectiveConfig)];
  },
};

function pairNotices(crio: Version, kubelet: Version, pair: string): readonly Omit<Notice, 'gate'>[] {
  const fix = `install CRI-O 1.${kubelet.minor}, and plan again`;
  const because = crioPairProblem(crio, kubelet);
  if (because !== undefined) {
    return [{ level: 'blocker', message: `${pair} do not understand each other: ${because}`, fix }];
  }
  if (crio.minor === kubelet.minor) return [];
  return [{ level: 'warning', message: `${pair} are of different minor versions, which nobody tests together`, fix }];
}

function brokenConfig(effective: string | undefined): readonly Omit<Notice, 'gate'>[] {
  if (effective !== undefined) return [];
  return [
    {
      level: 'undecided',
      message: 'what CRI-O would run with is not known, because `crio config` fails on the node',
      fix: 'see what `crio config` says there, mend its configuration, and plan again',
    },
  ];
}
