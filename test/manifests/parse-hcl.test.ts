import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/manifests/parse-text.js';
import type { Path } from '../../src/manifests/place.js';

const POD = `
# resource "kubernetes_pod" "no" {}
resource "kubernetes_daemon_set_v1" "agent" {
  metadata {
    name   = "agent-\${var.env}"
    labels = { some_app = "x", "a/b" : "y" } // kept as they are
  }
  spec {
    template {
      spec {
        host_pid     = true
        host_network = var.host_network
        volume {
          name = "sock"
          host_path {
            path = "/var/run/docker.sock"
            type = "Socket"
          }
        }
        dynamic "volume" {
          for_each = var.paths
          content {
            name = volume.key
            host_path { path = "/var/lib/docker" }
          }
        }
        init_container { name = "init" }
        container {
          name    = "c"
          image   = "\${var.registry["main"]}/agent:1"
          command = ["sh", "-c", <<-EOT
            docker ps
              --all
            EOT
          ]
          env {
            name = "DOCKER_HOST"
            value = "unix:///var/run/docker.sock"
          }
          port { container_port = 80 }
          volume_mount {
            name       = "sock"
            mount_path = "/x\\ty"
          }
        }
      }
    }
  }
}
`;

const first = (text: string): unknown => parseText(text).documents[0]?.value;

function at(text: string, path: Path, offset?: number): string {
  const { source } = parseText(text).documents[0] ?? {};
  const found = source?.locate({ path, ...(offset !== undefined && { offset, length: 4 }) });
  if (found === undefined) return 'nowhere';
  return `${found.line}:${found.column} ${(text.split('\n')[found.line - 1] ?? '').slice(found.column - 1, found.line === found.endLine ? found.endColumn - 1 : undefined)}`;
}

describe('Terraform', () => {
  it('resources of Kubernetes have the shape of the API', () => {
    expect(parseText(POD).documents.map(({ form, template }) => [form, template])).toEqual([['hcl', false]]);
    expect(first(POD)).toEqual({
      apiVersion: '',
      kind: 'DaemonSet',
      metadata: { name: 'agent-${var.env}', labels: { some_app: 'x', 'a/b': 'y' } },
      spec: {
        template: {
          spec: {
            hostPID: true,
            hostNetwork: 'var.host_network',
            volumes: [
              { name: 'sock', hostPath: { path: '/var/run/docker.sock', type: 'Socket' } },
              { name: 'volume.key', hostPath: { path: '/var/lib/docker' } },
            ],
            initContainers: [{ name: 'init' }],
            containers: [
              {
                name: 'c',
                image: '${var.registry["main"]}/agent:1',
                command: ['sh', '-c', 'docker ps\n  --all\n'],
                env: [{ name: 'DOCKER_HOST', value: 'unix:///var/run/docker.sock' }],
                ports: [{ containerPort: 80 }],
                volumeMounts: [{ name: 'sock', mountPath: '/x\ty' }],
              },
            ],
          },
        },
      },
    });
  });

  it('values are found again', () => {
    const spec = ['spec', 'template', 'spec'];
    expect(at(POD, [...spec, 'volumes', 0, 'hostPath', 'path'])).toBe('16:20 "/var/run/docker.sock"');
    expect(at(POD, [...spec, 'volumes', 0, 'hostPath', 'path'], 5)).toBe('16:26 run/');
    expect(at(POD, [...spec, 'volumes', 1, 'hostPath', 'path'])).toBe('24:32 "/var/lib/docker"');
    expect(at(POD, [...spec, 'containers', 0, 'command', 2], 12)).toBe('33:15 --al');
    expect(at(POD, [...spec, 'containers', 0, 'volumeMounts', 0, 'mountPath'])).toBe('43:26 "/x\\ty"');
    expect(at(POD, [...spec, 'hostPID'])).toBe('11:24 true');
    expect(at(POD, ['kind'])).toBe('3:10 "kubernetes_daemon_set_v1"');
    expect(at(POD, ['metadata', 'labels', 'a/b'])).toBe('6:40 "y"');
  });

  it.each([
    ['kubernetes_pod', 'Pod'],
    ['kubernetes_daemonset', 'DaemonSet'],
    ['kubernetes_cron_job_v1', 'CronJob'],
    ['kubernetes_cron_job', 'CronJob'],
    ['kubernetes_stateful_set', 'StatefulSet'],
    ['kubernetes_horizontal_pod_autoscaler_v2beta2', 'HorizontalPodAutoscaler'],
    ['kubernetes_pod_security_policy_v1beta1', 'PodSecurityPolicy'],
  ])('%s makes a %s', (type, kind) => {
    expect(first(`resource "${type}" "x" {}\n`)).toEqual({ apiVersion: '', kind });
  });

  it("a persistent volume's source stands in its spec", () => {
    const text =
      'resource "kubernetes_persistent_volume" "x" {\n  spec {\n    persistent_volume_source {\n      host_path {\n        path = "/var/lib/docker/x"\n      }\n    }\n  }\n}\n';
    expect(first(text)).toMatchObject({ kind: 'PersistentVolume', spec: { hostPath: { path: '/var/lib/docker/x' } } });
    expect(at(text, ['spec', 'hostPath', 'path'])).toBe('5:16 "/var/lib/docker/x"');
  });

  it('kubernetes_manifest is its manifest', () => {
    const text =
      'resource "kubernetes_manifest" "x" {\n  manifest = {\n    "kind" = "Pod"\n    spec = {\n      volumes = [{ hostPath = { path = "/x" } }, ]\n    }\n  }\n}\n';
    expect(first(text)).toEqual({ kind: 'Pod', spec: { volumes: [{ hostPath: { path: '/x' } }] } });
    expect(at(text, ['spec', 'volumes', 0, 'hostPath', 'path'])).toBe('5:40 "/x"');
  });

  it('other blocks keep their strings', () => {
    const text = [
      'resource "helm_release" "x" {',
      '  values = [<<EOF',
      'a: 1',
      'EOF',
      '  , yamlencode({ volumes = [{ host_path = "/x" }] }), file("x.yaml")]',
      '  set {',
      '    name  = "sock"',
      '    value = "/var/run/docker.sock"',
      '  }',
      '  set {',
      '    name = "b"',
      '  }',
      '  a = var.x ? "/a" : "/b" # either',
      '  b = merge({ c = 1 }, local.y, { d = concat(["e"], ["f"]) })',
      '  c = [for k, v in var.z : { name = k }]',
      '  d = base64encode(<<-EOF',
      '    #!/bin/sh',
      '    docker ps',
      '  EOF',
      '  )',
      '}',
      'locals { n = -1.5 }',
      'terraform {',
      '}',
    ].join('\n');
    const parsed = parseText(text);
    expect(parsed.errors).toEqual([]);
    expect(parsed.documents.map(({ value }) => value)).toEqual([
      {
        resource: {
          helm_release: {
            x: {
              values: ['a: 1\n', { volumes: [{ host_path: '/x' }] }, 'file("x.yaml")'],
              set: [{ name: 'sock', value: '/var/run/docker.sock' }, { name: 'b' }],
              a: 'var.x ? "/a" : "/b"',
              b: { c: 1, d: ['e', 'f'] },
              c: [{ name: 'k' }],
              d: '#!/bin/sh\ndocker ps\n',
            },
          },
        },
      },
      { locals: { n: -1.5 } },
      { terraform: {} },
    ]);
    const path = ['resource', 'helm_release', 'x'];
    expect(at(text, [...path, 'set', 0, 'value'])).toBe('8:13 "/var/run/docker.sock"');
    expect(at(text, [...path, 'd'], 10)).toBe('18:5 dock');
    expect(at(text, [...path, 'a'], 9)).toBe('13:16 /a" ');
  });

  it('a block that does not end is an error, and read as far as it goes', () => {
    const parsed = parseText(
      'resource "a" "b" {\n  c = "d"\n  }}\n}\nresource "kubernetes_pod" "x" {\n  spec {\n    host_pid = true\n',
    );
    expect(parsed.documents.at(-1)?.value).toEqual({ apiVersion: '', kind: 'Pod', spec: { hostPID: true } });
    expect(parsed.errors).toEqual([{ line: 5, message: 'not valid HCL' }]);
    expect(parsed.texts).toHaveLength(1);
  });
});
