/** Which facts are not what they were when the plan was made, in words for people; none when the plan still holds. */
export function movedFacts(
  planned: Readonly<Record<string, string>>,
  current: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(planned), ...Object.keys(current)])];
  return names
    .filter((name) => planned[name] !== current[name])
    .map((name) => nameFor(name))
    .sort();
}

const NAMES: Readonly<Record<string, string>> = {
  os: 'the operating system',
  packages: 'the installed packages',
  units: 'the units of systemd',
  kubelet: "the kubelet's version, flags or configuration",
  cni: 'the CNI networks or plugins',
  kernel: "the kernel's cgroups or settings",
  containerd: "containerd's version",
  'cri-o': "CRI-O's version or where its configuration is",
  'cri-dockerd': "cri-dockerd's version or flags",
  docker: "Docker's version or settings",
  'foreign containers': 'the containers that Kubernetes does not own',
  node: 'the Node in the cluster',
  files: 'the configuration files',
};

const nameFor = (name: string): string =>
  name.startsWith('file:') ? `the file ${name.slice('file:'.length)}` : (NAMES[name] ?? name);
