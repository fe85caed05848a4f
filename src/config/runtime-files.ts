import type { ConfigPart } from '../core/conversion.js';
import { valueOf } from '../core/fact.js';
import { containerdPart } from './containerd/containerd-part.js';
import { criDockerdPart } from './cri-dockerd/cri-dockerd-part.js';
import { crioPart } from './crio/crio-part.js';
import { sharesContainerd } from './docker/shares-containerd.js';
import type { PartInput } from './part-input.js';
import { servicePart } from './systemd/service-part.js';

/** The files of the runtime itself and of its unit; none where k3s runs a containerd of its own. */
export function runtimeFiles({ intent, service, kubelet, files, units, inventory }: PartInput): readonly ConfigPart[] {
  const { target, unit: runtimeUnit, configPath: path } = service;
  const unit = units?.[runtimeUnit];
  const ofUnit = servicePart({ intent, runtimeUnit, unit, files, target });
  switch (target.kind) {
    case 'containerd': {
      const version = valueOf(inventory.containerd)?.version ?? '';
      const servesDocker = sharesContainerd(valueOf(inventory.docker), unit);
      return [containerdPart({ intent, version, path, files, servesDocker }), ofUnit];
    }
    case 'crio': {
      const crio = valueOf(inventory.crio);
      return crio === undefined ? [] : [crioPart({ intent, crio, files }), ofUnit];
    }
    case 'cri-dockerd': {
      const criDockerd = valueOf(inventory.criDockerd);
      if (criDockerd === undefined) return [];
      return [criDockerdPart({ intent, criDockerd, version: target.version, unit, files, kubelet })];
    }
  }
}
