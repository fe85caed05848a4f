import { describe, expect, it } from 'vitest';
import { hostPathsIn, subjectsIn } from './subjects-in.js';

const SOCKET = '{name: sock, hostPath: {path: /var/run/docker.sock, type: Socket}}';
const MOUNT = '{name: sock, mountPath: /var/run/docker.sock}';
const POD = `{volumes: [${SOCKET}], containers: [{name: main, image: app, volumeMounts: [${MOUNT}]}]}`;

/** apiVersion, kind, what follows the metadata, and the container that mounts the socket. */
const KINDS: readonly (readonly [string, string, string, string])[] = [
  ['v1', 'Pod', `spec: ${POD}`, 'main'],
  ['v1', 'PodTemplate', `template: {spec: ${POD}}`, 'main'],
  ['v1', 'ReplicationController', `spec: {template: {spec: ${POD}}}`, 'main'],
  ['apps/v1', 'Deployment', `spec: {template: {spec: ${POD}}}`, 'main'],
  ['apps/v1', 'ControllerRevision', `data: {spec: {template: {spec: ${POD}}}}`, 'main'],
  ['batch/v1beta1', 'CronJob', `spec: {jobTemplate: {spec: {template: {spec: ${POD}}}}}`, 'main'],
  ['apps.openshift.io/v1', 'DeploymentConfig', `spec: {template: {spec: ${POD}}}`, 'main'],
  ['argoproj.io/v1alpha1', 'Rollout', `spec: {template: {spec: ${POD}}}`, 'main'],
  [
    'argoproj.io/v1alpha1',
    'Workflow',
    `spec: {volumes: [${SOCKET}], templates: [{name: build, container: {image: docker, volumeMounts: [${MOUNT}]}}]}`,
    'build',
  ],
  [
    'argoproj.io/v1alpha1',
    'WorkflowTemplate',
    `spec: {templates: [{name: build, volumes: [${SOCKET}], script: {image: docker, source: docker ps, volumeMounts: [${MOUNT}]}}]}`,
    'build',
  ],
  [
    'argoproj.io/v1alpha1',
    'CronWorkflow',
    `spec: {workflowSpec: {volumes: [${SOCKET}], templates: [{name: a, containerSet: {containers: [{name: two, image: docker, volumeMounts: [${MOUNT}]}]}}]}}`,
    'two',
  ],
  [
    'tekton.dev/v1beta1',
    'Task',
    `spec: {volumes: [${SOCKET}], steps: [{name: build, image: docker, volumeMounts: [${MOUNT}]}]}`,
    'build',
  ],
  [
    'tekton.dev/v1',
    'Pipeline',
    `spec: {tasks: [{name: build, taskSpec: {volumes: [${SOCKET}], steps: [{image: docker, script: docker ps, volumeMounts: [${MOUNT}]}]}}]}`,
    'build',
  ],
  [
    'tekton.dev/v1beta1',
    'PipelineRun',
    `spec: {podTemplate: {volumes: [${SOCKET}]}, pipelineSpec: {tasks: [{name: build, taskSpec: {steps: [{name: s, image: docker, volumeMounts: [${MOUNT}]}]}}]}}`,
    's',
  ],
  [
    'tekton.dev/v1',
    'TaskRun',
    `spec: {podTemplate: {volumes: [${SOCKET}]}, taskSpec: {volumes: [{name: w, emptyDir: {}}], steps: [{name: s, image: docker, volumeMounts: [${MOUNT}]}]}}`,
    's',
  ],
  [
    'tekton.dev/v1',
    'PipelineRun',
    `spec: {taskRunTemplate: {podTemplate: {volumes: [${SOCKET}]}}, pipelineSpec: {tasks: [{taskSpec: {sidecars: [{name: s, image: docker, volumeMounts: [${MOUNT}]}], steps: [{image: x}]}}]}}`,
    's',
  ],
  ['serving.knative.dev/v1', 'Service', `spec: {template: {spec: ${POD}}}`, 'main'],
  ['apps.kruise.io/v1alpha1', 'CloneSet', `spec: {template: {spec: ${POD}}}`, 'main'],
  ['apps.kruise.io/v1alpha1', 'SidecarSet', `spec: ${POD}`, 'main'],
  [
    'actions.summerwind.dev/v1alpha1',
    'RunnerDeployment',
    `spec: {template: {spec: {repository: a/b, image: runner, volumes: [${SOCKET}], volumeMounts: [${MOUNT}]}}}`,
    '',
  ],
  ['actions.github.com/v1alpha1', 'AutoscalingRunnerSet', `spec: {template: {spec: ${POD}}}`, 'main'],
  [
    'sparkoperator.k8s.io/v1beta2',
    'SparkApplication',
    `spec: {image: spark, volumes: [${SOCKET}], driver: {cores: 1, env: [], volumeMounts: [${MOUNT}]}}`,
    'driver',
  ],
  ['kubeflow.org/v1', 'TFJob', `spec: {tfReplicaSpecs: {Worker: {template: {spec: ${POD}}}}}`, 'main'],
  [
    'batch.volcano.sh/v1alpha1',
    'Job',
    `spec: {volumes: [{mountPath: /x}], tasks: [{name: t, template: {spec: ${POD}}}]}`,
    'main',
  ],
  ['keda.sh/v1alpha1', 'ScaledJob', `spec: {jobTargetRef: {template: {spec: ${POD}}}}`, 'main'],
  ['monitoring.coreos.com/v1', 'Prometheus', `spec: ${POD}`, 'main'],
  [
    'datadoghq.com/v2alpha1',
    'DatadogAgent',
    `spec: {override: {nodeAgent: {volumes: [${SOCKET}], containers: {agent: {volumeMounts: [${MOUNT}]}}}}}`,
    'agent',
  ],
  [
    'opentelemetry.io/v1alpha1',
    'OpenTelemetryCollector',
    `spec: {image: otel, volumes: [${SOCKET}], volumeMounts: [${MOUNT}]}`,
    '',
  ],
  [
    'cloudwatch.aws.amazon.com/v1alpha1',
    'AmazonCloudWatchAgent',
    `spec: {image: agent, env: [{name: A, value: b}], volumes: [${SOCKET}], volumeMounts: [${MOUNT}]}`,
    '',
  ],
  ['jenkins.io/v1alpha2', 'Jenkins', `spec: {master: ${POD}}`, 'main'],
  ['agent.k8s.elastic.co/v1alpha1', 'Agent', `spec: {daemonSet: {podTemplate: {spec: ${POD}}}}`, 'main'],
  [
    'kro.run/v1alpha1',
    'ResourceGraphDefinition',
    `spec: {resources: [{id: d, template: {apiVersion: apps/v1, kind: Deployment, metadata: {name: inner}, spec: {template: {spec: ${POD}}}}}]}`,
    'main',
  ],
  [
    'kubernetes.crossplane.io/v1alpha2',
    'Object',
    `spec: {forProvider: {manifest: {apiVersion: v1, kind: Pod, metadata: {name: inner}, spec: ${POD}}}}`,
    'main',
  ],
  [
    'work.open-cluster-management.io/v1',
    'ManifestWork',
    `spec: {workload: {manifests: [{apiVersion: v1, kind: Pod, metadata: {name: inner}, spec: ${POD}}]}}`,
    'main',
  ],
];

describe('kinds with a pod in them', () => {
  it.each(KINDS)('%s %s', (apiVersion, kind, rest, container) => {
    const { pods } = subjectsIn(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: outer, namespace: ns}\n${rest}\n`,
    );
    const volumes = pods.flatMap((pod) => pod.volumes.filter(({ hostPath }) => hostPath !== undefined));
    expect(volumes).toMatchObject([
      {
        name: 'sock',
        sourceKind: 'hostPath',
        hostPath: { written: '/var/run/docker.sock', normal: '/run/docker.sock', type: 'Socket' },
      },
    ]);
    const mounts = pods.flatMap((pod) => pod.mounts);
    expect(mounts).toMatchObject([
      { mountPath: '/var/run/docker.sock', hostPath: '/run/docker.sock', readOnly: false },
    ]);
    expect(mounts.map((mount) => mount.container?.name)).toEqual([container]);
    expect(pods[0]?.object).toEqual({ kind, namespace: 'ns', name: 'outer' });
  });

  it('a PodPreset has mounts and no container', () => {
    const { pods } = subjectsIn(
      `apiVersion: settings.k8s.io/v1alpha1\nkind: PodPreset\nmetadata: {name: p}\nspec: {volumes: [${SOCKET}], volumeMounts: [${MOUNT}]}`,
    );
    expect(pods).toMatchObject([{ complete: false, containers: [], mounts: [{ hostPath: '/run/docker.sock' }] }]);
    expect(pods[0]?.mounts[0]?.container).toBeUndefined();
  });
});

describe('a pod', () => {
  it('has its containers in the order of the document, with what they run and what they are told', () => {
    const { pods } = subjectsIn(`
apiVersion: v1
kind: Pod
metadata: {name: p, annotations: {a: b}}
spec:
  hostNetwork: true
  initContainers:
  - {name: first, image: 'docker:20', command: [docker], args: [pull, 1], imagePullPolicy: Never}
  containers:
  - name: second
    image: web
    env:
    - {name: HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
    - {name: DOCKER_HOST, value: 'tcp://$(HOST):2375'}
    - {name: NUMBER, value: 5}
    ports: [{containerPort: 80}, {name: x}]
  ephemeralContainers: [{name: third, image: debug}]
`);
    const [pod] = pods;
    expect(pods).toHaveLength(1);
    expect(pod).toMatchObject({
      complete: true,
      hostNetwork: true,
      path: ['spec'],
      podAnnotations: { a: 'b' },
      hasOwnDocker: false,
    });
    expect(pod?.containers.map(({ name, role }) => `${role} ${name}`)).toEqual([
      'init first',
      'container second',
      'ephemeral third',
    ]);
    const [first, second] = pod?.containers ?? [];
    expect(first).toMatchObject({
      image: 'docker:20',
      imagePullPolicy: 'Never',
      command: [{ text: 'docker', path: ['spec', 'initContainers', 0, 'command', 0] }],
      args: [{ text: 'pull' }, { text: '1', path: ['spec', 'initContainers', 0, 'args', 1] }],
    });
    expect(second?.ports).toEqual([80]);
    expect(second?.env).toEqual([
      { name: 'HOST', value: undefined, fieldPath: 'status.hostIP', path: ['spec', 'containers', 0, 'env', 0] },
      {
        name: 'DOCKER_HOST',
        value: 'tcp://$(HOST):2375',
        fieldPath: undefined,
        path: ['spec', 'containers', 0, 'env', 1, 'value'],
      },
      { name: 'NUMBER', value: '5', fieldPath: undefined, path: ['spec', 'containers', 0, 'env', 2, 'value'] },
    ]);
  });

  it('takes annotations from its template, not from the object around it', () => {
    const { pods } = subjectsIn(`
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: d, annotations: {of: object}}
spec: {template: {metadata: {annotations: {of: pod}}, spec: {containers: [{name: c, image: i}]}}}
`);
    expect(pods).toMatchObject([{ annotations: { of: 'object' }, podAnnotations: { of: 'pod' } }]);
  });

  it('joins mounts with subPath and subPathExpr', () => {
    const { pods } = subjectsIn(`
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes:
  - {name: root, hostPath: {path: /}}
  - {name: empty, emptyDir: {}}
  containers:
  - name: c
    image: i
    env: [{name: DIR, value: var/run}, {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
    volumeMounts:
    - {name: root, mountPath: /a, subPath: run/docker.sock, readOnly: true}
    - {name: root, mountPath: /b, subPathExpr: $(DIR)/docker.sock}
    - {name: root, mountPath: /c, subPathExpr: x/$(NODE)}
    - {name: root, mountPath: /d}
    - {name: empty, mountPath: /e}
    - {name: missing, mountPath: /f}
`);
    const mounts = pods[0]?.mounts.map(({ mountPath, hostPath, subPath, readOnly, path }) => [
      mountPath,
      hostPath,
      subPath,
      readOnly,
      path.at(-1),
    ]);
    expect(mounts).toEqual([
      ['/a', '/run/docker.sock', 'run/docker.sock', true, 'subPath'],
      ['/b', '/run/docker.sock', 'var/run/docker.sock', false, 'subPathExpr'],
      ['/c', '/', undefined, false, 'subPathExpr'],
      ['/d', '/', undefined, false, 'mountPath'],
    ]);
  });

  it('keeps volumes of the same name in two pods of an object apart', () => {
    const worker = (path: string): string =>
      `{template: {spec: {volumes: [{name: v, hostPath: {path: ${path}}}], containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}}`;
    const { pods } = subjectsIn(
      `apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata: {name: t}\nspec: {tfReplicaSpecs: {Chief: ${worker('/a')}, Worker: ${worker('/b')}}}`,
    );
    expect(pods.map((pod) => pod.mounts.map(({ hostPath }) => hostPath))).toEqual([['/a'], ['/b']]);
  });

  it('leaves out what a strategic merge patch deletes', () => {
    const { pods } = subjectsIn(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    spec:
      volumes: [{name: sock, $patch: delete, hostPath: {path: /var/run/docker.sock}}]
      containers: [{name: c, $patch: delete}, {name: kept}]
`);
    expect(pods).toMatchObject([{ complete: false, volumes: [], containers: [{ name: 'kept' }] }]);
  });
});

describe('a dockerd of its own', () => {
  const pod = (spec: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ${spec}`;
  it.each([
    ['{containers: [{name: d, image: "docker:24-dind"}]}', true],
    ['{containers: [{name: d, image: "docker.io/library/docker:dind-rootless@sha256:0"}]}', true],
    ['{containers: [{name: d, image: "example.com:5000/my-dind:1"}]}', true],
    ['{containers: [{name: d, image: debian, command: [/usr/local/bin/dockerd, --host=unix:///x]}]}', true],
    ['{containers: [{name: d, image: debian, command: [sh, -c, "dockerd & sleep 5"]}]}', true],
    ['{containers: [{name: d, image: "docker:24-cli"}]}', false],
    ['{containers: [{name: d, image: "dindin.io/web:1"}]}', false],
    ['{containers: [{name: d, image: debian, command: [sh, -c, "pkill -HUP dockerd"]}]}', false],
    ['{containers: [{name: d, image: debian, command: [sh, -c, "nsenter -t 1 -m dockerd"]}]}', false],
  ])('%s: %s', (spec, expected) => {
    expect(subjectsIn(pod(spec)).pods).toMatchObject([{ hasOwnDocker: expected }]);
  });

  it('comes with the older controller of GitHub runners unless switched off, and with a mode of the newer one', () => {
    const runner = (spec: string): string =>
      `apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: r}\nspec: {template: {spec: ${spec}}}`;
    expect(subjectsIn(runner(`{image: r, volumes: [${SOCKET}], env: []}`)).pods).toMatchObject([
      { hasOwnDocker: true },
    ]);
    expect(subjectsIn(runner(`{image: r, dockerEnabled: false, volumes: [${SOCKET}]}`)).pods).toMatchObject([
      { hasOwnDocker: false },
    ]);
    expect(subjectsIn(`containerMode: {type: dind}\ntemplate: {spec: ${POD}}`).pods).toMatchObject([
      { hasOwnDocker: true },
    ]);
  });

  it('comes as a service of a GitLab runner', () => {
    const { pods } = subjectsIn(`
[[runners]]
  executor = "kubernetes"
  [runners.kubernetes]
    image = "alpine"
    [[runners.kubernetes.services]]
      name = "docker:24-dind"
    [[runners.kubernetes.volumes.host_path]]
      name = "cache"
      mount_path = "/cache"
      host_path = "/srv/cache"
`);
    expect(pods).toMatchObject([
      { hasOwnDocker: true, volumes: [{ name: 'cache', hostPath: { normal: '/srv/cache' } }] },
    ]);
  });
});

describe('volumes without a pod', () => {
  it.each([
    ['values of a chart', `agent:\n  extraVolumes: [${SOCKET}]\n  extraVolumeMounts: [${MOUNT}]`],
    ['a mapping of volumes', 'volumes: {dockersock: {hostPath: {path: /var/run/docker.sock}}}'],
    ['a volume under a key of its own', 'extra: {thing: {hostPath: {path: /var/run/docker.sock}}}'],
    ['a path alone', 'docker: {hostPath: /var/run/docker.sock}'],
    ['volume and mount in one', 'extraHostPathMounts: [{name: s, hostPath: /var/run/docker.sock, mountPath: /x}]'],
    ['a value by its path', '{parameters: [{name: "volumes[0].hostPath.path", value: /var/run/docker.sock}]}'],
    [
      "a GitLab runner's mount",
      'runners: [{kubernetes: {volumes: {host_path: [{name: s, mount_path: /var/run/docker.sock}]}}}]',
    ],
    ["a step's text", 'steps: |\n  hostPathVolume(hostPath: "/var/run/docker.sock", mountPath: "/x")\n'],
    ["Jenkins' config.xml", 'config.xml: |\n  <hudson><hostPath>/var/run/docker.sock</hostPath></hudson>\n'],
    ['a default of a template', 'volumes: [{name: s, hostPath: {path: "${SOCKET:-/var/run/docker.sock}"}}]'],
    ['an operation that adds a volume', `- {op: add, path: /spec/template/spec/volumes/-, value: ${SOCKET}}`],
    ['an operation that adds volumes', `- {op: add, path: /spec/template/spec/volumes, value: [${SOCKET}]}`],
    ['an operation on the path', '- {op: replace, path: /spec/volumes/0/hostPath/path, value: /var/run/docker.sock}'],
    [
      'an operation on the hostPath',
      '- {op: replace, path: /spec/volumes/0/hostPath, value: {path: /var/run/docker.sock}}',
    ],
    [
      'a Drone pipeline',
      'kind: pipeline\ntype: docker\nsteps: [{name: b, image: docker, commands: [docker ps], volumes: [{name: d, path: /x}]}]\nvolumes: [{name: d, host: {path: /var/run/docker.sock}}]',
    ],
    [
      'a Woodpecker pipeline',
      'steps:\n  build: {image: docker, commands: [docker ps], volumes: ["/var/run/docker.sock:/var/run/docker.sock"]}',
    ],
    [
      'Jenkins',
      'jenkins: {clouds: [{kubernetes: {templates: [{name: t, volumes: [{hostPathVolume: {hostPath: /var/run/docker.sock, mountPath: /x}}]}]}}]}',
    ],
    [
      'kubeadm',
      'apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\napiServer: {extraVolumes: [{name: s, hostPath: /var/run/docker.sock, mountPath: /x, pathType: Socket}]}',
    ],
    [
      'a list that is no pod yet',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {volumes: [${SOCKET}]}}}`,
    ],
  ])('%s', (_what, text) => {
    const { pods } = subjectsIn(text);
    expect(pods.flatMap((pod) => pod.volumes.map(({ hostPath }) => hostPath?.normal))).toEqual(['/run/docker.sock']);
    expect(pods.every((pod) => !pod.complete)).toBe(true);
  });

  it('join the mounts beside them', () => {
    const { pods } = subjectsIn(`
- {op: add, path: /spec/volumes/-, value: {name: s, hostPath: {path: /run}}}
- {op: add, path: /spec/containers/0/volumeMounts/-, value: {name: s, mountPath: /x, subPath: docker.sock}}
`);
    expect(pods).toMatchObject([
      { mounts: [{ mountPath: '/x', hostPath: '/run/docker.sock', path: [1, 'value', 'subPath'] }] },
    ]);
  });

  it.each([
    ['an operation that takes away', `- {op: remove, path: /spec/volumes/0, value: ${SOCKET}}`],
    ['an operation that asks', `- {op: test, path: /spec/volumes/0, value: ${SOCKET}}`],
    ['a compose file', 'services: {a: {image: x, volumes: ["/var/run/docker.sock:/var/run/docker.sock"]}}'],
    [
      'a GitHub workflow',
      'on: push\njobs: {a: {runs-on: ubuntu-latest, container: {image: x, volumes: ["/var/run/docker.sock:/x"]}, steps: [{run: docker ps}]}}',
    ],
    ['a GitLab pipeline', 'build: {stage: build, image: docker, services: [docker:dind], script: [docker build .]}'],
    [
      'kind',
      'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: [{extraMounts: [{hostPath: /var/run/docker.sock, containerPath: /x}]}]',
    ],
    ['a setting that may become a volume', 'dockerSocketPath: /var/run/docker.sock'],
    [
      'a PersistentVolume',
      'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: p}\nspec: {hostPath: {path: /var/lib/docker/volumes/x}}',
    ],
    ['another kind of volume', 'volumes: [{name: s, nfs: {path: /var/run/docker.sock, server: x}}]'],
    [
      'a setting of a program',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {dockerSocket: /var/run/docker.sock}',
    ],
  ])('%s has none', (_what, text) => {
    expect(hostPathsIn(text)).toEqual([]);
  });
});
