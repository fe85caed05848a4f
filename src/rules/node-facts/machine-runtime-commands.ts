import type { TextView } from '../../manifests/views.js';
import { flagsIn } from './flags-in.js';
import { logicalLines } from './logical-lines.js';
import type { MachineRuntime } from './machine-runtime.js';

export interface MachineRuntimeCommand extends MachineRuntime {
  readonly offset: number;
  readonly length: number;
}

const EKS: MachineRuntime = { product: 'EKS', fix: 'Write --container-runtime containerd.' };
const K3S: MachineRuntime = {
  product: 'k3s',
  fix: 'Remove --docker; k3s brings its own containerd.',
  bringsCriDockerd: true,
};
const MINIKUBE: MachineRuntime = {
  product: 'minikube',
  fix: 'Write --container-runtime=containerd.',
  bringsCriDockerd: true,
};
const KUBESPRAY: MachineRuntime = {
  product: 'kubespray',
  fix: 'Set container_manager=containerd.',
  bringsCriDockerd: true,
};
const KOPS: MachineRuntime = { product: 'kOps', fix: 'Set spec.containerRuntime=containerd.' };

const ASSIGNED =
  /\bcontainer_manager["']?\s{0,4}=\s{0,4}["']?docker(?![\w./-])|spec\.containerRuntime=docker(?![\w./-])/g;

/** What scripts, units and command lines say by which machines come up with Docker. */
export function* machineRuntimeCommands(view: TextView): Generator<MachineRuntimeCommand> {
  if (!/docker(?!\.)|image-type/i.test(view.text) || !/--|container_manager|containerRuntime/.test(view.text)) return;
  for (const { text, offset } of logicalLines(view.text)) {
    for (const flag of flagsIn(text)) {
      const found = ofFlag(flag.name, flag.value, text);
      if (found !== undefined) yield { ...found, offset: offset + flag.offset, length: flag.length };
    }
    for (const match of text.matchAll(ASSIGNED)) {
      const of = match[0].startsWith('spec') ? KOPS : KUBESPRAY;
      yield { ...of, offset: offset + match.index, length: match[0].length };
    }
  }
}

function ofFlag(name: string, value: string, line: string): MachineRuntime | undefined {
  switch (name) {
    case 'container-runtime':
      if (value === 'dockerd') return EKS;
      return value === 'docker' && /\bminikube\b/.test(line) ? MINIKUBE : undefined;
    case 'docker':
      // The kubelet's own --docker is an address.
      return value === '' || value === 'true' || !value.includes('/') ? ofK3s(line) : undefined;
    case 'image-type':
    case 'autoprovisioning-image-type':
      return /\bgcloud\b/.test(line) && /^(?:cos|ubuntu|windows_ltsc|windows_sac)$/i.test(value)
        ? {
            product: 'GKE',
            fix: `Write --${name}=${value}_${value === value.toLowerCase() ? 'containerd' : 'CONTAINERD'}.`,
          }
        : undefined;
    default:
      return undefined;
  }
}

const ofK3s = (line: string): MachineRuntime | undefined => (/k3s/i.test(line) ? K3S : undefined);
