import { apparmorDockerDefault } from './apparmor-docker-default.js';
import { cgroupDriver } from './cgroup-driver.js';
import { cni } from './cni.js';
import { criDockerdSock } from './cri-dockerd-sock.js';
import { daemonJson } from './daemon-json.js';
import { dataRootParent } from './data-root-parent.js';
import { disk } from './disk.js';
import { dockerAgentArg } from './docker-agent-arg.js';
import { dockerApiOverCri } from './docker-api-over-cri.js';
import { dockerApiTcp } from './docker-api-tcp.js';
import { dockerBin } from './docker-bin.js';
import { dockerCgroup } from './docker-cgroup.js';
import { dockerCliCmd } from './docker-cli-cmd.js';
import { dockerClientConfig } from './docker-client-config.js';
import { dockerClientImage } from './docker-client-image.js';
import { dockerContainerdSock } from './docker-containerd-sock.js';
import { dockerDataRoot } from './docker-data-root.js';
import { dockerEtc } from './docker-etc.js';
import { dockerGroup } from './docker-group.js';
import { dockerHostEnv } from './docker-host-env.js';
import { dockerIdPrefix } from './docker-id-prefix.js';
import { dockerLogDir } from './docker-log-dir.js';
import { dockerLogParser } from './docker-log-parser.js';
import { dockerLogParserImageDefault } from './docker-log-parser-image-default.js';
import { dockerMetric } from './docker-metric.js';
import { dockerModuleConfig } from './docker-module-config.js';
import { dockerPluginsDir } from './docker-plugins-dir.js';
import { dockerProcess } from './docker-process.js';
import { dockerRunDir } from './docker-run-dir.js';
import { dockerSock } from './docker-sock.js';
import { dockerSockArg } from './docker-sock-arg.js';
import { dockerSockConfig } from './docker-sock-config.js';
import { dockerSockUser } from './docker-sock-user.js';
import { dockerSystemdUnit } from './docker-systemd-unit.js';
import { dockershimDir } from './dockershim-dir.js';
import { dockershimSock } from './dockershim-sock.js';
import { gpu } from './gpu.js';
import { icmp } from './icmp.js';
import { imageLocalOnly } from './image-local-only.js';
import { knownImage } from './known-image.js';
import { kubeadmCriSocket } from './kubeadm-cri-socket.js';
import { kubectlPlugins } from './kubectl-plugins.js';
import { kubeletFlag } from './kubelet-flag.js';
import { machineRuntime } from './machine-runtime.js';
import { nodeContainer } from './node-container.js';
import { nodeCriAnnotation } from './node-cri-annotation.js';
import { nodeCriDockerd } from './node-cri-dockerd.js';
import { nodeRuntimeDocker } from './node-runtime-docker.js';
import { policyReference } from './policy-reference.js';
import { runtimeNodeSelector } from './runtime-node-selector.js';
import { seccompDockerDefault } from './seccomp-docker-default.js';
import { sockParentDir } from './sock-parent-dir.js';
import { systemdRequiresDocker } from './systemd-requires-docker.js';
import { ulimits } from './ulimits.js';
import { unprivilegedPort } from './unprivileged-port.js';
import type { Rule } from './rule.js';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  apparmorDockerDefault,
  cgroupDriver,
  cni,
  criDockerdSock,
  daemonJson,
  dataRootParent,
  disk,
  dockerAgentArg,
  dockerApiOverCri,
  dockerApiTcp,
  dockerBin,
  dockerCgroup,
  dockerCliCmd,
  dockerClientConfig,
  dockerClientImage,
  dockerContainerdSock,
  dockerDataRoot,
  dockerEtc,
  dockerGroup,
  dockerHostEnv,
  dockerIdPrefix,
  dockerLogDir,
  dockerLogParser,
  dockerLogParserImageDefault,
  dockerMetric,
  dockerModuleConfig,
  dockerPluginsDir,
  dockerProcess,
  dockerRunDir,
  dockerSock,
  dockerSockArg,
  dockerSockConfig,
  dockerSockUser,
  dockerSystemdUnit,
  dockershimDir,
  dockershimSock,
  gpu,
  icmp,
  imageLocalOnly,
  knownImage,
  kubeadmCriSocket,
  kubectlPlugins,
  kubeletFlag,
  machineRuntime,
  nodeContainer,
  nodeCriAnnotation,
  nodeCriDockerd,
  nodeRuntimeDocker,
  policyReference,
  runtimeNodeSelector,
  seccompDockerDefault,
  sockParentDir,
  systemdRequiresDocker,
  ulimits,
  unprivilegedPort,
];
