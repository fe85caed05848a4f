import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../src/rules/agents/advice-for.js';
import { agentOf } from '../../src/rules/agents/agent-of.js';
import { argumentsOf } from '../../src/rules/agents/arguments-of.js';
import { agents } from '../../src/rules/agents/index.js';
import { isNewEnough } from '../../src/rules/agents/is-new-enough.js';
import { speaksCri } from '../../src/rules/agents/speaks-cri.js';
import { dockerAgentArg } from '../../src/rules/docker-agent-arg.js';
import { knownImage } from '../../src/rules/known-image.js';
import { dockerLogParserImageDefault } from '../../src/rules/docker-log-parser-image-default.js';
import type { ContainerView, EnvView, PodView } from '../../src/manifests/views.js';
import type { Hit, Rule, Scene } from '../../src/rules/rule.js';
import type { TargetRuntime } from '../../src/core/scan-report.js';

interface Given {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function container({ image = '', command = [], args = [], env = {} }: Given): ContainerView {
  const words = (key: string, texts: readonly string[]): ContainerView['args'] =>
    texts.map((text, index) => ({ text, path: ['spec', key, index] }));
  const envs: readonly EnvView[] = Object.entries(env).map(([name, value]) => ({
    name,
    value,
    fieldPath: undefined,
    path: ['spec', 'env', name],
  }));
  return {
    name: 'c',
    role: 'container',
    image,
    command: words('command', command),
    args: words('args', args),
    env: envs,
    ports: [],
    imagePullPolicy: '',
    value: {},
    path: ['spec'],
  };
}

function pod(containers: readonly ContainerView[], mounted?: string): PodView {
  const [first] = containers;
  const volume = { name: 'v', hostPath: undefined, sourceKind: 'hostPath', path: [] };
  return {
    object: { kind: 'Pod', name: 'p' },
    apiVersion: 'v1',
    annotations: {},
    source: { locate: () => undefined, lineText: () => undefined },
    path: [],
    complete: true,
    spec: {},
    podAnnotations: {},
    hostNetwork: false,
    volumes: [],
    containers,
    mounts:
      mounted === undefined
        ? []
        : [
            {
              container: first,
              volume,
              mountPath: '/run/it',
              readOnly: true,
              subPath: undefined,
              hostPath: mounted,
              path: [],
            },
          ],
    hasOwnDocker: false,
  };
}

function hitsOf(rule: Rule, given: Given, target: TargetRuntime = 'containerd'): readonly Hit[] {
  const scene: Scene = { target, kubernetes: undefined, dataRoots: ['/var/lib/docker'] };
  return [...(rule.pod?.(pod([container(given)]), scene) ?? [])];
}

describe('agents', () => {
  it('have ids and images of their own', () => {
    const ids = agents.map(({ id }) => id);
    const images = agents.flatMap((agent) => agent.images);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(images).size).toBe(images.length);
  });

  it.each(agents.map((agent) => [agent.id, agent] as const))('%s can be found by each of its images', (_, agent) => {
    for (const image of agent.images) {
      expect(agentOf(`registry.example.com:5000/mirror/${image}:v1`)).toBe(agent);
      expect(image).toBe(image.toLowerCase());
      expect(image.split('/').length).toBeLessThanOrEqual(3);
    }
  });

  it.each(agents.filter((agent) => agent.whenConfigured !== true).map((agent) => [agent.id, agent] as const))(
    '%s is not lost by the words that let a file be skipped',
    (_, { images, words = [] }) => {
      for (const image of images) expect(words.filter((word) => image.includes(word))).not.toEqual([]);
      for (const word of words) expect(word.length).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(agents.map((agent) => [agent.id, agent] as const))('%s says what it needs and what to do', (_, agent) => {
    expect(agent.dependency).not.toMatch(/[.]$|^[A-Z]/);
    expect(agent.advice).toMatch(/^[A-Z].*[.]$/s);
    if (agent.since !== undefined) expect(agent.since.changes).toMatch(/^[A-Z].*[.]$/s);
    for (const link of agent.links) expect(link).toMatch(/^https:/);
  });
});

describe('agentOf', () => {
  it.each([
    ['datadog/agent:7.50.0', 'datadog-agent'],
    ['gcr.io/datadoghq/agent', 'datadog-agent'],
    ['registry.example.com/mirror/datadog/agent@sha256:00', 'datadog-agent'],
    ['${REGISTRY}/datadog/agent:${TAG:-7}', 'datadog-agent'],
    ['datadog/docker-dd-agent', 'datadog-docker-dd-agent'],
    ['k8s.gcr.io/cadvisor-amd64:v0.30.2', 'cadvisor'],
    ['docker.elastic.co/beats/filebeat:8.13.0', 'elastic-beats'],
    ['registry-auth.twistlock.com/tw_secret/twistlock/defender:defender_22_01', 'prisma-cloud-defender'],
    ['traefik:v2.10', 'traefik'],
    ['ABC.live.dynatrace.com/linux/oneagent', 'dynatrace-oneagent'],
  ])('%s', (image, id) => {
    expect(agentOf(image)?.id).toBe(id);
  });

  it.each([
    '',
    'mycompany/agent',
    'agent',
    'mycompany/datadog-agent-sidecar',
    'datadog/agent/extra',
    'mycompany/watchtower',
    'gcr.io/kaniko-project/executor:v1.9.0',
    'quay.io/buildah/stable',
    'moby/buildkit:rootless',
    'docker:24-dind',
    'docker:24-cli',
    'docker/compose',
    'docker.io/library/nginx:1.14',
    'summerwind/actions-runner-dind',
    'uber/makisu',
    'gcr.io/jib',
  ])('knows no product in "%s"', (image) => {
    expect(agentOf(image)).toBeUndefined();
  });
});

describe('isNewEnough', () => {
  it.each([
    ['datadog/agent:7.26.9', false],
    ['datadog/agent:7.27.0-rc.1', false],
    ['datadog/agent:7.27.0', true],
    ['datadog/agent:7.27.0-jmx@sha256:00', true],
    ['datadog/agent:6', false],
    ['datadog/agent:6-jmx', false],
    ['datadog/agent:8', true],
    ['datadog/agent:7', undefined],
    ['datadog/agent:latest', undefined],
    ['registry.example.com:5000/datadog/agent', undefined],
    ['amazon-k8s-cni:v1.12.6-eksbuild.1', true],
    ['amazon-k8s-cni:v1.11.5-eksbuild.1', false],
    ['azuremonitor/containerinsights/ciprod:ciprod12032019', false],
    ['azuremonitor/containerinsights/ciprod:ciprod01072020', true],
    ['azuremonitor/containerinsights/ciprod:3.1.14', true],
    ['weaveworks/scope:99.0.0', undefined],
  ])('%s: %s', (image, enough) => {
    const agent = agentOf(image);
    if (agent === undefined) throw new Error(`no product is known for ${image}`);
    expect(isNewEnough(agent, image)).toBe(enough);
  });
});

describe('adviceFor', () => {
  it('takes the first known product and says its version first', () => {
    const advice = adviceFor(['busybox', 'datadog/agent:7.20.0', 'containrrr/watchtower']);
    expect(advice).toMatch(/^From 7\.27 on/);
    expect(advice).toContain('DD_CRI_SOCKET_PATH');
  });

  it('has none for other images', () => {
    expect(adviceFor(['busybox', 'mycompany/agent'])).toBeUndefined();
    expect(adviceFor([])).toBeUndefined();
  });
});

describe('argumentsOf', () => {
  const textsOf = (given: Given): readonly string[] => argumentsOf(container(given)).map(({ text }) => text);

  it('joins a flag and its value, but not two flags', () => {
    expect(textsOf({ command: ['/a', '--x'], args: ['y', '--z', '--w=1', 'v'] })).toEqual([
      '/a',
      '--x=y',
      'y',
      '--z',
      '--w=1',
      'v',
    ]);
  });

  it('takes a command line apart and says where each word stands', () => {
    const given = container({ command: ['sh', '-c', 'exec "/a" --x y'] });
    expect(argumentsOf(given)).toEqual([
      { text: 'sh', at: { path: ['spec', 'command', 0] } },
      { text: '-c', at: { path: ['spec', 'command', 1] } },
      { text: 'exec', at: { path: ['spec', 'command', 2], offset: 0, length: 4 } },
      { text: '/a', at: { path: ['spec', 'command', 2], offset: 6, length: 2 } },
      { text: '--x=y', at: { path: ['spec', 'command', 2], offset: 10, length: 3 } },
      { text: 'y', at: { path: ['spec', 'command', 2], offset: 14, length: 1 } },
    ]);
  });
});

describe('speaksCri', () => {
  const inEnv = (value: string): boolean => {
    const one = container({ env: { RUNTIME: value } });
    return speaksCri(one, pod([one]));
  };
  const mounted = (hostPath: string): boolean => {
    const one = container({});
    return speaksCri(one, pod([one], hostPath));
  };

  it.each([
    '/run/containerd/containerd.sock',
    '/run/crio',
    '/run/k3s/containerd/containerd.sock',
    '/var/snap/microk8s/common/run/containerd.sock',
    'unix:///host/var/run/crio/crio.sock',
  ])('%s', (path) => {
    expect(inEnv(path)).toBe(true);
    expect(mounted(path)).toBe(true);
  });

  it.each([
    '/run/docker/containerd/containerd.sock',
    '/run/docker.sock',
    '/run',
    '/var/lib/containerd',
    '/etc/containerd',
  ])('not %s', (path) => {
    expect(inEnv(path)).toBe(false);
    expect(mounted(path)).toBe(false);
  });
});

describe('known-image', () => {
  it('names the product, its version and what it depends on', () => {
    expect(hitsOf(knownImage, { image: 'datadog/agent:7.20.0' })[0]?.message).toMatch(
      /^Container c runs the Datadog Agent 7\.20\.0, which takes containers.*\.$/,
    );
    expect(hitsOf(knownImage, { image: 'datadog/agent:7' })[0]?.message).toMatch(
      /before 7\.27 takes .*; its image is 7, which tells no exact version\.$/,
    );
    expect(hitsOf(knownImage, { image: 'datadog/agent' })[0]?.message).toMatch(/names no version\.$/);
  });

  it('is silent where a CRI runtime is configured, unless the product knows none', () => {
    const env = { ENDPOINT: 'unix:///run/containerd/containerd.sock' };
    expect(hitsOf(knownImage, { image: 'falcosecurity/falco:0.30.0', env })).toEqual([]);
    expect(hitsOf(knownImage, { image: 'containrrr/watchtower', env })).toHaveLength(1);
  });

  it('keeps the access token of a registry to itself', () => {
    const [hit] = hitsOf(knownImage, {
      image: 'registry-auth.twistlock.com/tw_s3cr3t/twistlock/defender:defender_21_08',
    });
    expect(hit?.evidence).toBe('registry-auth.twistlock.com/tw_…/twistlock/defender:defender_21_08');
    expect(JSON.stringify(hit)).not.toContain('s3cr3t');
  });

  it('is silent where Docker stays', () => {
    expect(hitsOf(knownImage, { image: 'containrrr/watchtower' }, 'cri-dockerd')).toEqual([]);
  });
});

describe('docker-agent-arg', () => {
  const evidenceOf = (given: Given): readonly Hit[] => hitsOf(dockerAgentArg, given);

  it('points at the word, also within a command line', () => {
    const line = 'exec /home/weave/scope --mode=probe --probe.docker=true';
    const [hit] = evidenceOf({ image: 'weaveworks/scope:1.13.2', command: ['sh', '-c', line] });
    const offset = line.indexOf('--probe.docker');
    expect(hit?.at).toEqual({ path: ['spec', 'command', 2], offset, length: line.length - offset });
  });

  it.each<[string, Given]>([
    ['a flag and its value in two words', { image: 'a/b', args: ['--container-runtime', 'docker'] }],
    ['one dash', { image: 'google/cadvisor', args: ['-docker=unix:///var/run/docker.sock'] }],
    [
      'the second file of a list',
      { image: 'a/npd', args: ['--config.x=/c/kernel-monitor.json,/c/docker-monitor.json'] },
    ],
    ['the runner', { image: 'gitlab/gitlab-runner', args: ['register', '--executor', 'docker+machine'] }],
    ['Traefik 1', { image: 'traefik:1.7', args: ['--docker.endpoint=unix:///var/run/docker.sock'] }],
    ['a value that only speaks of the kubelet', { image: 'a/b', args: ['--component', 'kubelet', '--docker_only'] }],
  ])('finds %s', (_, given) => {
    expect(evidenceOf(given)).toHaveLength(1);
  });

  it.each<[string, Given]>([
    ['a false value', { image: 'google/cadvisor', args: ['--docker_only=false', '--docker-tls=0'] }],
    ['another runtime', { image: 'a/b', args: ['--container-runtime=remote', '--container-runtime', 'containerd'] }],
    ['a flag that others have', { image: 'a/b', args: ['--docker', '--executor=docker', '--runtime=docker'] }],
    ['a file of another name', { image: 'a/b', args: ['--config=/c/my-docker-monitor.json.bak'] }],
    [
      'a cluster started by a script',
      { image: 'a/b', args: ['sh', '-c', 'minikube start --container-runtime=docker'] },
    ],
    ['the kubelet', { image: 'a/b', command: ['/usr/bin/kubelet'], args: ['--container-runtime=docker'] }],
  ])('leaves %s', (_, given) => {
    expect(evidenceOf(given)).toEqual([]);
  });

  it('advises for the product the image or else the flag tells', () => {
    expect(evidenceOf({ image: 'a/b', args: ['--docker_only'] })[0]?.fix).toContain('--containerd=');
    expect(evidenceOf({ image: 'quay.io/cilium/cilium:v1.4.0', args: ['--container-runtime=docker'] })[0]?.fix).toMatch(
      /^From 1\.7 on Cilium/,
    );
    expect(evidenceOf({ image: 'a/b', args: ['--container-runtime=docker'] })[0]?.fix).toBeUndefined();
  });

  it('shows no password', () => {
    const [hit] = evidenceOf({ image: 'google/cadvisor', args: ['--docker=tcp://user:hunter2@10.0.0.1:2376'] });
    expect(hit?.message).toContain('--docker');
    expect(hit?.message).not.toContain('hunter2');
  });

  it('is a note where Docker stays', () => {
    const [hit] = hitsOf(dockerAgentArg, { image: 'a/b', args: ['--docker_only'] }, 'cri-dockerd');
    expect(hit?.severity).toBe('note');
  });
});

describe('docker-log-parser-image-default', () => {
  it('names the variable and the default', () => {
    const [hit] = hitsOf(dockerLogParserImageDefault, { image: 'fluent/fluentd-kubernetes-daemonset:v1.16' });
    expect(hit).toMatchObject({ confidence: 'definite', at: { path: ['spec', 'image'] } });
    expect(hit?.message).toContain("FLUENT_CONTAINER_TAIL_PARSER_TYPE is not set and the image's default is json");
  });

  it('is a note where Docker stays', () => {
    const [hit] = hitsOf(dockerLogParserImageDefault, { image: 'fluent/fluentd-kubernetes-daemonset' }, 'cri-dockerd');
    expect(hit?.severity).toBe('note');
  });
});
