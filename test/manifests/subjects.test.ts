import { describe, expect, it } from 'vitest';
import { liveSource } from '../../src/manifests/live-source.js';
import { subjectsOf, textSubjects } from '../../src/manifests/subjects.js';
import type { TextView } from '../../src/manifests/views.js';
import { hostPathsIn, subjectsIn } from './subjects-in.js';

const HOST_PATH = 'hostPath: {path: /var/run/docker.sock}';
const POD_SPEC = `{volumes: [{name: s, ${HOST_PATH}}], containers: [{name: c, image: i}]}`;

const object = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: n}\n${rest}\n`;

const told = (texts: readonly TextView[]): string[] => texts.map(({ role, text }) => `${role}: ${text.trim()}`);

describe('objects', () => {
  it('are named by themselves, without an object by the owner', () => {
    expect(subjectsIn(object('v1', 'Pod', 'spec: {}')).objects).toMatchObject([
      { object: { kind: 'Pod', name: 'n' }, apiVersion: 'v1', path: [] },
    ]);
    expect(subjectsIn('{"exec-opts": []}').objects).toMatchObject([
      { object: { kind: 'File', name: 'some.yaml' }, apiVersion: '' },
    ]);
    expect(subjectsIn('apiVersion: v1\nkind: Pod\nmetadata: {generateName: n-}').objects[0]?.object.name).toBe('n-');
  });

  it('in a List and a Template stand on their own', () => {
    const pod = (name: string): string =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: c, image: i}]}}`;
    const list = subjectsIn(`apiVersion: v1\nkind: List\nitems: [${pod('a')}, ${pod('b')}, 5]`);
    expect(list.pods.map((one) => [one.object.name, one.path])).toEqual([
      ['a', ['items', 0, 'spec']],
      ['b', ['items', 1, 'spec']],
    ]);
    expect(list.objects.map((one) => one.object.name)).toEqual(['a', 'b']);
    const template = subjectsIn(
      `apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: t}\nobjects: [${pod('a')}]`,
    );
    expect(template.objects).toMatchObject([{ object: { kind: 'Pod', name: 'a' }, path: ['objects', 0] }]);
  });

  it('in a list of one kind get it from the list', () => {
    const { objects, pods } = subjectsIn(
      `apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: d}, spec: {template: {spec: ${POD_SPEC}}}}]`,
    );
    expect(objects).toMatchObject([{ object: { kind: 'Deployment', name: 'd' }, apiVersion: 'apps/v1' }]);
    expect(pods).toMatchObject([{ object: { kind: 'Deployment', name: 'd' }, complete: true }]);
  });

  it('inside of an object are looked at by themselves and named by the outer one', () => {
    const { objects, pods } = subjectsIn(
      object(
        'work.open-cluster-management.io/v1',
        'ManifestWork',
        `spec: {workload: {manifests: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: inner, annotations: {a: b}}, spec: {template: {spec: ${POD_SPEC}}}}]}}`,
      ),
    );
    expect(objects.map(({ object: one, apiVersion }) => [one.kind, apiVersion])).toEqual([
      ['ManifestWork', 'apps/v1'],
      ['ManifestWork', 'work.open-cluster-management.io/v1'],
    ]);
    expect(pods).toMatchObject([{ object: { kind: 'ManifestWork' }, annotations: { a: 'b' } }]);
  });

  it.each([
    ['a schema', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', `spec: {versions: [{schema: ${POD_SPEC}}]}`],
    [
      'a constraint',
      'constraints.gatekeeper.sh/v1beta1',
      'K8sNoSocket',
      `spec: {parameters: {volumes: [{name: s, ${HOST_PATH}}]}}`,
    ],
    [
      'a template of constraints',
      'templates.gatekeeper.sh/v1',
      'ConstraintTemplate',
      'spec: {targets: [{rego: "docker.sock\\n"}]}',
    ],
    [
      'a policy on pods',
      'policy/v1beta1',
      'PodSecurityPolicy',
      'spec: {allowedHostPaths: [{pathPrefix: /var/run/docker.sock}]}',
    ],
    [
      'a validation',
      'kyverno.io/v1',
      'ClusterPolicy',
      `spec: {rules: [{name: r, validate: {pattern: {spec: ${POD_SPEC}}}}]}`,
    ],
    [
      'an exception',
      'kyverno.io/v1',
      'Policy',
      `spec: {rules: [{name: r, match: {any: [{spec: ${POD_SPEC}}]}, preconditions: {all: [{value: docker.sock}]}}]}`,
    ],
    ['a test of policies', 'cli.kyverno.io/v1alpha1', 'Test', `results: [{spec: ${POD_SPEC}}]`],
    [
      'an expectation',
      'chainsaw.kyverno.io/v1alpha1',
      'Test',
      `spec: {steps: [{try: [{assert: {resource: {spec: ${POD_SPEC}}}}]}]}`,
    ],
    ['permissions', 'rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: [{resources: [docker]}]'],
    ['a state', 'example.com/v1', 'Thing', `status: {spec: ${POD_SPEC}}`],
  ])('%s has neither pods nor texts', (_what, apiVersion, kind, rest) => {
    const { objects, pods, texts } = subjectsIn(object(apiVersion, kind, rest));
    expect([pods, texts]).toEqual([[], []]);
    expect(objects).toHaveLength(1);
  });

  it('a policy that changes or makes objects has pods', () => {
    const rules = `{rules: [{name: a, mutate: {patchStrategicMerge: {spec: {volumes: [{name: s, ${HOST_PATH}}]}}}}, {name: b, generate: {data: {spec: ${POD_SPEC}}}}]}`;
    expect(hostPathsIn(object('kyverno.io/v1', 'ClusterPolicy', `spec: ${rules}`))).toEqual([
      '/run/docker.sock',
      '/run/docker.sock',
    ]);
  });

  it('do not show what they were', () => {
    const { pods, texts } = subjectsIn(`
apiVersion: v1
kind: Pod
metadata:
  name: p
  managedFields: [{volumes: [{name: s, ${HOST_PATH}}]}]
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"spec":{"volumes":[{"name":"s","hostPath":{"path":"/var/run/docker.sock"}}]}}
spec: {containers: [{name: c, image: i}]}
`);
    expect(pods.flatMap((pod) => pod.volumes)).toEqual([]);
    expect(texts).toEqual([]);
  });
});

describe('texts of a container', () => {
  it('are its argv, or the script in it', () => {
    const { texts, pods } = subjectsIn(
      object(
        'v1',
        'Pod',
        `spec:
  containers:
  - {name: a, image: i, command: [docker, run], args: [-v, "x y"]}
  - {name: b, image: i, command: [/bin/sh, -ec], args: ["docker ps\\ndocker rm x", extra]}
  - {name: c, image: i, lifecycle: {preStop: {exec: {command: [docker, stop]}}}, livenessProbe: {exec: {command: [sh, -c, docker ps]}}}
  - {name: d, image: i, command: [bash, -euo, pipefail, -c, docker images]}`,
      ),
    );
    expect(texts.map((text) => [text.container?.name, text.role, text.text])).toEqual([
      ['a', 'command', "docker run -v 'x y'"],
      ['b', 'script', 'docker ps\ndocker rm x'],
      ['c', 'command', 'docker stop'],
      ['c', 'script', 'docker ps'],
      ['d', 'script', 'docker images'],
    ]);
    expect(texts[0]?.pod).toBe(pods[0]);
    const [argv, script] = texts;
    expect(argv?.at(argv.text.indexOf('x y'), 3)).toEqual({ path: ['spec', 'containers', 0, 'args', 1] });
    expect(argv?.commands()).toMatchObject([{ name: 'docker', words: ['docker', 'run', '-v', 'x y'] }]);
    expect(script?.at(10, 6)).toEqual({ path: ['spec', 'containers', 1, 'args', 0], offset: 10, length: 6 });
  });

  it('are scripts of Tekton and Argo, in a shell’s language or another', () => {
    const { texts } = subjectsIn(`
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: t}
spec:
  steps:
  - {name: a, image: docker, script: docker build .}
  - {name: b, image: docker, script: "#!/usr/bin/env bash\\ndocker ps"}
  - {name: c, image: python, script: "#!/usr/bin/env python3\\nimport docker"}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: w}
spec:
  templates:
  - {name: d, script: {image: docker, command: [sh], source: docker ps}}
  - {name: e, script: {image: python, command: [python], source: "import docker\\n"}}
`);
    const scripts = texts.filter(({ role }) => role !== 'command');
    expect(scripts.map(({ container, role }) => `${container?.name} ${role}`)).toEqual([
      'a script',
      'b script',
      'c unknown',
      'd script',
      'e unknown',
    ]);
  });

  it('are long values of its environment, not short ones', () => {
    const { texts } = subjectsIn(
      object(
        'v1',
        'Pod',
        'spec: {containers: [{name: c, image: i, env: [{name: A, value: "unix:///docker.sock"}, {name: B, value: "a: b\\nc: none\\n"}]}]}',
      ),
    );
    expect(texts.map(({ key }) => key)).toEqual(['B']);
  });
});

describe('texts of objects', () => {
  it('are what a ConfigMap and a Secret hold', () => {
    const base64 = Buffer.from('[[inputs.docker]]\n  endpoint = "x"\n').toString('base64');
    const { texts } = subjectsIn(`
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  fluent.conf: |
    <source>
      @type tail
    </source>
  run.sh: |
    docker ps
    docker rm x
  short: docker.sock
  other: plain
  ca.crt: |
    -----BEGIN CERTIFICATE-----
    docker
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {telegraf.conf: ${base64}, binary: AAECAwQFBgc=}
stringData: {a.conf: "x docker\\ny"}
`);
    expect(texts.map(({ object: one, key, role }) => `${one.kind} ${key} ${role}`)).toEqual([
      'ConfigMap fluent.conf config',
      'ConfigMap run.sh script',
      'ConfigMap short config',
      'Secret telegraf.conf config',
      'Secret a.conf unknown',
    ]);
    const secret = texts.find(({ key }) => key === 'telegraf.conf');
    expect(secret?.text).toContain('[[inputs.docker]]');
    expect(secret?.at(2, 6)).toEqual({ path: ['data', 'telegraf.conf'] });
  });

  it('are commands of machines: in lists, as argv, in files and in user data', () => {
    const script = '#!/bin/bash\nsystemctl restart docker\n';
    const { texts } = subjectsIn(`
apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: {name: k}
spec:
  preKubeadmCommands: [docker login]
  files:
  - {path: /a, content: "${Buffer.from(script).toString('base64')}", encoding: base64}
  - path: /b
    content: |
      [Service]
      ExecStart=/usr/bin/docker run x
---
apiVersion: karpenter.k8s.aws/v1beta1
kind: EC2NodeClass
metadata: {name: e}
spec:
  userData: ${Buffer.from(script).toString('base64')}
---
apiVersion: v1
kind: Secret
metadata: {name: cloud-init}
stringData:
  value: |
    #cloud-config
    runcmd:
    - [docker, pull, x]
    - docker rm y
`);
    expect(told(texts).filter((text) => !text.includes('#cloud-config'))).toEqual([
      'script: docker login',
      `script: ${script.trim()}`,
      'unit: [Service]\nExecStart=/usr/bin/docker run x',
      `script: ${script.trim()}`,
      'command: docker pull x',
      'script: docker rm y',
    ]);
  });

  it('are no prose', () => {
    const { texts } = subjectsIn(
      object(
        'example.com/v1',
        'Thing',
        'spec: {description: "uses docker.sock\\nstill", message: docker, image: docker:20, config: none}',
      ),
    );
    expect(texts).toEqual([]);
  });
});

describe('documents in strings', () => {
  it('are found in strings in strings, and belong to the outer object', () => {
    const { pods, objects } = subjectsIn(`
apiVersion: v1
kind: ConfigMap
metadata: {name: outer}
data:
  values.yaml: |
    runners:
      config: |
        [[runners]]
          [runners.kubernetes]
            [[runners.kubernetes.volumes.host_path]]
              name = "sock"
              mount_path = "/var/run/docker.sock"
              host_path = "/var/run/docker.sock"
`);
    expect(pods).toMatchObject([
      {
        object: { kind: 'ConfigMap', name: 'outer' },
        complete: false,
        volumes: [{ name: 'sock', hostPath: { normal: '/run/docker.sock' } }],
        mounts: [{ mountPath: '/var/run/docker.sock' }],
      },
    ]);
    expect(objects).toHaveLength(3);
    const [pod] = pods;
    expect(pod?.source.locate({ path: pod.volumes[0]?.path ?? [] })).toMatchObject({ line: 14 });
  });

  it.each([
    [
      'a sidecar injector',
      'ConfigMap',
      `data: {config: "policy: enabled\\ntemplate: |-\\n  volumes:\\n  - name: s\\n    hostPath: {path: /var/run/docker.sock}\\n"}`,
    ],
    [
      'a patch of kustomize',
      'Kustomization',
      `patches: [{patch: "- op: add\\n  path: /spec/volumes/-\\n  value: {name: s, hostPath: {path: /var/run/docker.sock}}\\n"}]`,
    ],
    [
      'values of an Argo CD application',
      'Application',
      `spec: {source: {helm: {values: "a:\\n  extraVolumes:\\n  - name: s\\n    hostPath: {path: /var/run/docker.sock}\\n"}}}`,
    ],
    [
      'JSON on one line',
      'ConfigMap',
      `data: {pod: '{"spec": {"volumes": [{"name": "s", "hostPath": {"path": "/var/run/docker.sock"}}]}}'}`,
    ],
    [
      'a patch of an Argo workflow',
      'Workflow',
      `spec: {podSpecPatch: '{"volumes": [{"name": "s", "hostPath": {"path": "/var/run/docker.sock"}}]}'}`,
    ],
    [
      'a manifest in a script',
      'ConfigMap',
      `data: {a.sh: "#!/bin/sh\\nkubectl apply -f - <<EOF\\napiVersion: v1\\nkind: Pod\\nspec:\\n  volumes:\\n  - name: s\\n    hostPath: {path: /var/run/docker.sock}\\nEOF\\n"}`,
    ],
    [
      'overrides of kubectl run',
      'ConfigMap',
      `data: {a.sh: "#!/bin/sh\\nkubectl run x --overrides='{\\"spec\\": {\\"volumes\\": [{\\"name\\": \\"s\\", \\"hostPath\\": {\\"path\\": \\"/var/run/docker.sock\\"}}]}}'\\n"}`,
    ],
  ])('%s', (_what, kind, rest) => {
    const { pods } = subjectsIn(object('example.com/v1', kind, rest));
    expect(pods.flatMap((pod) => pod.volumes.map(({ hostPath }) => hostPath?.normal))).toEqual(['/run/docker.sock']);
    expect(pods[0]?.object.kind).toBe(kind);
  });

  it('are found in a Jenkinsfile, with their lines', () => {
    const text = `pipeline {
  agent {
    kubernetes {
      yaml """
apiVersion: v1
kind: Pod
spec:
  volumes:
  - name: s
    hostPath:
      path: /var/run/docker.sock
"""
    }
  }
}
`;
    const source = {
      locate: ({ offset = 0, length = 0 }) => {
        const line = text.slice(0, offset).split('\n').length;
        return { line, column: 1, endLine: line, endColumn: 1 + length };
      },
      lineText: (line: number) => text.split('\n')[line - 1],
    };
    const subjects = [...textSubjects(text, 'unknown', source, { kind: 'File', name: 'Jenkinsfile' })];
    const pods = subjects.flatMap((one) => (one.kind === 'pod' ? [one.view] : []));
    expect(pods).toMatchObject([{ object: { kind: 'File', name: 'Jenkinsfile' }, volumes: [{ name: 's' }] }]);
    expect(pods[0]?.source.locate({ path: pods[0].volumes[0]?.path ?? [] })).toMatchObject({ line: 11 });
    expect(subjects.at(-1)).toMatchObject({ kind: 'text', view: { text, role: 'unknown' } });
  });

  it('a unit that a script writes is a text of its own', () => {
    const { texts } = subjectsIn(
      '#!/bin/sh\ncat > /etc/systemd/system/x.service <<EOF\n[Service]\nExecStart=/usr/bin/docker run x\nEOF\n',
    );
    expect(texts.map(({ role, commands }) => [role, commands.length])).toHaveLength(2);
    expect(texts.flatMap((text) => text.commands().map(({ words }) => words.join(' ')))).toEqual([
      '/usr/bin/docker run x',
      'cat',
    ]);
  });
});

describe('limits', () => {
  const of = (value: unknown): ReturnType<typeof subjectsOf> =>
    subjectsOf({ source: liveSource(value), value, form: 'live', template: false }, { kind: 'File', name: 'f' });

  it('a bomb of aliases is told once, and soon', () => {
    let value: unknown = ['docker docker', { hostPath: { path: '/run' } }];
    for (let level = 0; level < 30; level += 1) value = { a: [value, value], b: { volumes: value, c: value } };
    const start = performance.now();
    const limits = [...of(value)].filter(({ kind }) => kind === 'limit');
    expect(limits).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('one long list under many names counts each time', () => {
    const list = Array.from({ length: 100_000 }, () => 5);
    const value = {
      items: Array.from({ length: 100_000 }, () => ({ env: list, volumes: list, containers: list, x: list })),
    };
    const start = performance.now();
    expect([...of(value)].some(({ kind }) => kind === 'limit')).toBe(true);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('what is nested too deep is left out, the rest is not', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
    const subjects = [
      ...of({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        deep,
        spec: { containers: [{ name: 'c', image: 'i' }] },
      }),
    ];
    expect(subjects.map(({ kind }) => kind)).toEqual(['limit', 'pod', 'object']);
  });
});
