import type { Gate } from '../gate.js';
import { cniNetwork } from './cni-network.js';
import { cniPlugins } from './cni-plugins.js';
import { componentsInDocker } from './components-in-docker.js';
import { controlPlane } from './control-plane.js';
import { crioCapabilities } from './crio-capabilities.js';
import { crioInstalled } from './crio-installed.js';
import { crioPidsLimit } from './crio-pids-limit.js';
import { crioSeccomp } from './crio-seccomp.js';
import { crioShortNames } from './crio-short-names.js';
import { diskSpace } from './disk-space.js';
import { disruptionBudgets } from './disruption-budgets.js';
import { dockerIsolation } from './docker-isolation.js';
import { dockershim } from './dockershim.js';
import { drainRefusals } from './drain-refusals.js';
import { earlierMigration } from './earlier-migration.js';
import { foreignContainers } from './foreign-containers.js';
import { hiddenSecrets } from './hidden-secrets.js';
import { localImages } from './local-images.js';
import { loggingDriver } from './logging-driver.js';
import { managedNodes } from './managed-nodes.js';
import { networkPlugin } from './network-plugin.js';
import { nodeReady } from './node-ready.js';
import { otherActors } from './other-actors.js';
import { pinnedImages } from './pinned-images.js';
import { preStopHooks } from './pre-stop-hooks.js';
import { rke } from './rke.js';
import { runtimeClasses } from './runtime-classes.js';
import { runtimeRestart } from './runtime-restart.js';
import { storageDriver } from './storage-driver.js';
import { swarmActive } from './swarm-active.js';
import { versionPair } from './version-pair.js';

/** Everything that must hold before a node is touched: first whether it should be at all, then what is in the way. */
export const gates: readonly Gate[] = [
  earlierMigration,
  nodeReady,
  managedNodes,
  otherActors,
  dockershim,
  rke,
  componentsInDocker,
  swarmActive,
  dockerIsolation,
  foreignContainers,
  versionPair,
  crioInstalled,
  networkPlugin,
  cniNetwork,
  cniPlugins,
  runtimeClasses,
  hiddenSecrets,
  runtimeRestart,
  diskSpace,
  localImages,
  drainRefusals,
  disruptionBudgets,
  controlPlane,
  preStopHooks,
  pinnedImages,
  storageDriver,
  loggingDriver,
  crioCapabilities,
  crioPidsLimit,
  crioSeccomp,
  crioShortNames,
];
