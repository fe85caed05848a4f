import type { ConfigPart, Conversion } from '../core/conversion.js';
import { valueOf } from '../core/fact.js';
import type { DockerFacts, KubeletFacts, NodeInventory } from '../core/inventory.js';
import type { MigrateOptions, Notice } from '../core/plan.js';
import { conversionUndecided } from './conversion-undecided.js';
import { kubeletFiles } from './kubelet-files.js';
import { knownFacts } from './known-facts.js';
import { k3sAnswers } from './k3s/k3s-answers.js';
import { k3sPart } from './k3s/k3s-part.js';
import { k3sProduct } from './k3s/k3s-product.js';
import { kernelFiles } from './node/kernel-files.js';
import { announcedDifferences } from './parity/announced-differences.js';
import { privateWhereSecret } from './private-where-secret.js';
import { readIntent } from './read-intent.js';
import { missingRuntimeClasses } from './runtime-classes.js';
import { runtimeFiles } from './runtime-files.js';
import { DEFAULT_INTENT } from './runtime-intent.js';
import { settledAnswers } from './settled-answers.js';
import { targetService } from './target-service.js';
import { parseVersion } from './version.js';

/** What a node's configuration becomes under the target runtime. What is not known is said, and nothing written for it. */
export function convert(inventory: NodeInventory, options: MigrateOptions): Conversion {
  const { facts, notices } = knownFacts(inventory, options.target);
  const { files, units, kubelet, docker, kernel } = facts;
  const service = targetService(options.target, inventory, files ?? {}, units ?? {});
  const { target } = service;
  const read =
    files === undefined || target === undefined
      ? undefined
      : readIntent({
          ...{ inventory, target, service, kubelet, docker, files },
          dockerUnit: units?.['docker.service'],
          containerdUnit: units?.['containerd.service'],
        });
  const intent = read?.intent ?? DEFAULT_INTENT;
  const dockerStays = options.target === 'cri-dockerd';
  const held =
    kernel === undefined || dockerStays ? undefined : kernelFiles(kernel, files ?? {}, overlays(intent.storageDriver));

  const k3sUnit = units?.['k3s.service'] ?? units?.['k3s-agent.service'];
  const parts: ConfigPart[] = [];
  if (held !== undefined && files !== undefined) parts.push({ files: held.files, notices: [], settings: [] });
  if (read !== undefined && target !== undefined && files !== undefined && kubelet !== undefined) {
    parts.push({ files: read.files, notices: [], settings: [] });
    const input = { intent, service: { ...service, target }, kubelet, files, units, inventory };
    const k3s = k3sPart({ intent, files, unit: k3sUnit, target });
    if (k3s !== undefined) parts.push(k3s);
    else if (intent.sandboxImage === '') {
      notices.push(conversionUndecided('the sandbox image', `the kubelet's version reads "${kubelet.version}"`));
    } else if (docker !== undefined) parts.push(...runtimeFiles(input));
    if (k3s === undefined) parts.push(...kubeletFiles(input));
  }
  if (kubelet !== undefined && docker !== undefined) notices.push(...cgroupDriverNotices(kubelet, docker));
  notices.push(...parts.flatMap((part) => part.notices), ...(read?.notices ?? []));
  const generated = parts.flatMap((part) => part.files).map((file) => privateWhereSecret(file, files?.[file.path]));
  const answers = [...(read?.settings ?? []), ...parts.flatMap((part) => part.settings)];
  const settings = settledAnswers(answers, intent.kubeletFields);
  const product = files === undefined ? undefined : k3sProduct(files, k3sUnit);
  const ofProduct = product === undefined ? { settings, notices: [] } : k3sAnswers(settings, product, generated);
  notices.push(...ofProduct.notices);

  return {
    runtimeUnit: service.unit,
    endpoint: service.endpoint,
    runtimeConfigPath: service.configPath,
    // Where the kubelet is not known a notice says so, and no file is made from these two.
    cgroupDriver: intent.cgroupDriver,
    sandboxImage: intent.sandboxImage,
    files: generated,
    notices,
    settings: ofProduct.settings,
    kernelModules: held?.modules ?? [],
    sysctls: held?.sysctls ?? {},
    differences:
      target === undefined
        ? []
        : announcedDifferences({
            ...{ intent, target, docker, units, files },
            crioEffective: valueOf(inventory.crio)?.effectiveConfig,
            containerdConfig: generated.find(({ path }) => path === service.configPath)?.content,
          }),
    manifests: missingRuntimeClasses(
      intent.handlers.map(({ name }) => name),
      valueOf(inventory.runtimeClasses),
      kubelet === undefined ? undefined : parseVersion(kubelet.version),
    ),
  };
}

const overlays = (storageDriver: string): boolean => !['vfs', 'btrfs', 'zfs'].includes(storageDriver);

/** dockershim refuses to start with two drivers; a remote runtime starts, and its pods restart for ever. */
function cgroupDriverNotices(kubelet: KubeletFacts, docker: DockerFacts): Notice[] {
  if (kubelet.cgroupDriver === docker.cgroupDriver) return [];
  const message = `the kubelet has the cgroup driver ${kubelet.cgroupDriver}, Docker has ${docker.cgroupDriver}`;
  const fix =
    'give both the same (native.cgroupdriver in daemon.json, cgroupDriver of the kubelet), restart them, and plan again';
  return [{ gate: 'cgroup-driver', level: 'blocker', message, fix }];
}
