import type { Agent } from './agent.js';
import { envOf } from './env-of.js';
import { hasArgument } from './has-argument.js';

const KUBERNETES_PAGE =
  'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/migrating-telemetry-and-security-agents/';

export const security: readonly Agent[] = [
  {
    id: 'falco',
    product: 'Falco',
    images: ['falcosecurity/falco', 'falcosecurity/falco-no-driver', 'falcosecurity/falco-debian', 'sysdig/falco'],
    words: ['falcosecurity', 'sysdig/falco'],
    dependency:
      'names containers with the help of the Docker socket unless it is given a CRI socket, known to it from 0.15 on',
    advice:
      'Mount /run/containerd/containerd.sock (or /run/crio/crio.sock) as /host/run/..., name it with --cri where the version asks for it, or set ' +
      'collectors.containerd.enabled=true and collectors.docker.enabled=false in its chart. Drop the mount of the Docker socket.',
    configuredForCri: (container) => hasArgument(container, /^--cri(?:=|$)/),
    links: ['https://falco.org/docs/', KUBERNETES_PAGE],
  },
  {
    id: 'sysdig-agent',
    product: 'the Sysdig agent',
    images: ['sysdig/agent', 'sysdig/agent-slim'],
    dependency:
      'finds containers through the sockets below /run and /var/run, in the old DaemonSet through the Docker socket only',
    advice:
      "Use the vendor's current DaemonSet or chart, which mounts /run and /var/run; for an unusual socket set cri: socket_path in dragent.yaml.",
    whenConfigured: true,
    links: [KUBERNETES_PAGE],
  },
  {
    id: 'aqua-enforcer',
    product: 'the Aqua Enforcer',
    images: ['aquasec/agent', 'aquasec/enforcer', 'aquasec/kube-enforcer'],
    dependency: 'finds containers through the runtime sockets that its DaemonSet mounts',
    advice:
      'The product itself needs no change; generate its DaemonSet anew for the new runtime, without the Docker socket.',
    whenConfigured: true,
    links: [KUBERNETES_PAGE],
  },
  {
    id: 'prisma-cloud-defender',
    product: 'the Prisma Cloud (Twistlock) Defender',
    images: ['twistlock/defender', 'twistlock/private'],
    words: ['twistlock'],
    dependency:
      'is deployed either for Docker or for CRI, and was generated for Docker unless the option for CRI was given',
    advice:
      'Generate the DaemonSet of the Defender anew for the CRI (twistcli defender export kubernetes --cri) and deploy that.',
    configuredForCri: (container) => /^(?:cri|containerd|crio)/i.test(envOf(container, 'DEFENDER_TYPE') ?? ''),
    links: [KUBERNETES_PAGE],
  },
  {
    id: 'neuvector',
    product: 'NeuVector',
    images: [
      'neuvector/enforcer',
      'neuvector/controller',
      'neuvector/allinone',
      'rancher/neuvector-enforcer',
      'rancher/neuvector-controller',
      'rancher/mirrored-neuvector-enforcer',
      'rancher/mirrored-neuvector-controller',
    ],
    words: ['neuvector'],
    dependency:
      'reaches the runtime through the volume runtime-sock, which is the Docker socket in the manifests for Docker',
    advice:
      "Use the vendor's manifests for containerd or CRI-O, or containerd.enabled / crio.enabled in its chart; they mount the right socket.",
    since: { version: '5.3', changes: 'From 5.3 on NeuVector has one manifest for all runtimes.' },
    links: ['https://open-docs.neuvector.com/deploying/kubernetes'],
  },
  {
    id: 'stackrox-collector',
    product: 'the StackRox collector',
    images: [
      'stackrox/collector',
      'stackrox-io/collector',
      'rhacs-collector-rhel8',
      'rhacs-collector-slim-rhel8',
      'collector-slim-rhel8',
    ],
    dependency: 'mounted the Docker socket in old versions',
    advice:
      'Upgrade the secured cluster services: current collectors do not depend on the runtime, as far as their documentation says.',
    whenConfigured: true,
    links: ['https://github.com/stackrox/collector'],
  },
  {
    id: 'deepfence',
    product: 'the Deepfence agent',
    images: ['deepfenceio/deepfence_agent', 'deepfenceio/deepfence_agent_ce', 'deepfence_agent', 'deepfence_agent_ce'],
    words: ['deepfence'],
    dependency: 'scans containers and images through the Docker socket unless it is given that of another runtime',
    advice:
      "Install it by the vendor's chart with the container runtime set to containerd or CRI-O and the path of its socket.",
    links: ['https://github.com/deepfence/ThreatMapper'],
  },
  {
    id: 'qualys-container-sensor',
    product: 'the Qualys container sensor',
    images: ['qualys/sensor', 'qualys/qcs-sensor', 'qcs-sensor'],
    words: ['qualys/sensor', 'qcs-sensor'],
    dependency: 'scans containers and images through the Docker socket unless it is started for another runtime',
    advice:
      'Start it with --k8s-mode and the option of its version for containerd or CRI-O (such as --container-runtime containerd), and mount that socket.',
    configuredForCri: (container) =>
      hasArgument(container, /^--(?:container-runtime=(?:containerd|cri-?o)|containerd|cri-?o|kind-cri)/i),
    links: ['https://docs.qualys.com/en/cs/latest/'],
  },
  {
    id: 'tenable-docker-scanner',
    product: "Tenable's container scanner",
    images: [
      'tenableio-docker-scanner',
      'tenableio/docker-scanner',
      'tenableio-docker-consec-local.jfrog.io/cs-scanner',
    ],
    words: ['docker-scanner', 'cs-scanner'],
    dependency: 'scans images through the Docker socket where it is mounted',
    advice: 'Scan in the registry or in the build instead, or use the mode of its version that needs no Docker.',
    links: ['https://docs.tenable.com/'],
  },
  {
    id: 'docker-bench-security',
    product: 'Docker Bench for Security',
    images: ['docker/docker-bench-security', 'docker-bench-security'],
    words: ['docker-bench'],
    dependency: 'checks Docker itself',
    advice: 'Remove it from nodes without Docker; kube-bench checks what is left.',
    dockerOnly: true,
    links: ['https://github.com/docker/docker-bench-security'],
  },
];
