import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { describe, expect, it } from 'vitest';

const packages = loadSync('runtime-v1alpha2.proto', { includeDirs: ['proto'] });

interface Field {
  readonly name: string;
  readonly number: number;
  readonly label: string;
  readonly type: string;
}
const fieldsOf = (message: object): readonly Field[] =>
  (message as { type: { field: readonly Field[] } }).type.field.map(({ name, number, label, type }) => ({
    name,
    number,
    label,
    type,
  }));
const numbersOf = (message: string): Record<string, number> =>
  Object.fromEntries(fieldsOf(packages[`runtime.v1.${message}`] as object).map(({ name, number }) => [name, number]));
const methodsOf = (service: string): Readonly<Record<string, MethodDefinition<object, object>>> =>
  packages[service] as ServiceDefinition;

describe('the two versions', () => {
  it.each(['RuntimeService', 'ImageService'])('define the same %s, but for what came after v1alpha2', (service) => {
    const v1 = methodsOf(`runtime.v1.${service}`);
    const v1alpha2 = methodsOf(`runtime.v1alpha2.${service}`);
    expect(Object.keys(v1alpha2).length).toBeGreaterThanOrEqual(5);
    expect(Object.keys(v1).filter((name) => v1alpha2[name] === undefined)).toEqual(
      service === 'RuntimeService' ? ['RuntimeConfig'] : [],
    );
    for (const [name, old] of Object.entries(v1alpha2)) {
      const method = v1[name];
      expect(method?.path).toBe(`/runtime.v1.${service}/${name}`);
      expect(old.path).toBe(`/runtime.v1alpha2.${service}/${name}`);
      for (const side of ['requestType', 'responseType'] as const) {
        expect(fieldsOf((old as unknown as Record<string, object>)[side] ?? {})).toEqual(
          fieldsOf((method as unknown as Record<string, object>)[side] ?? {}),
        );
      }
    }
  });
});

// The numbers are the interface. They are written down a second time, so that a slip in one place is found.
describe('field numbers', () => {
  it.each<[string, Record<string, number>]>([
    ['VersionResponse', { version: 1, runtimeName: 2, runtimeVersion: 3, runtimeApiVersion: 4 }],
    ['StatusResponse', { status: 1, info: 2 }],
    ['RuntimeCondition', { type: 1, status: 2, reason: 3, message: 4 }],
    ['PodSandboxMetadata', { name: 1, uid: 2, namespace: 3, attempt: 4 }],
    [
      'PodSandboxConfig',
      { metadata: 1, hostname: 2, logDirectory: 3, dnsConfig: 4, labels: 6, annotations: 7, linux: 8 },
    ],
    ['LinuxPodSandboxConfig', { cgroupParent: 1, securityContext: 2, sysctls: 3 }],
    ['LinuxSandboxSecurityContext', { namespaceOptions: 1, readonlyRootfs: 4, privileged: 6 }],
    ['NamespaceOption', { network: 1, pid: 2, ipc: 3, targetId: 4 }],
    ['PodSandboxStatus', { id: 1, metadata: 2, state: 3, createdAt: 4, network: 5 }],
    ['PodSandboxFilter', { id: 1, labelSelector: 3 }],
    ['PodSandbox', { id: 1, metadata: 2, state: 3, createdAt: 4 }],
    [
      'ContainerConfig',
      { metadata: 1, image: 2, command: 3, args: 4, labels: 9, annotations: 10, logPath: 11, linux: 15 },
    ],
    ['LinuxContainerConfig', { resources: 1, securityContext: 2 }],
    ['LinuxContainerResources', { cpuShares: 3, memoryLimitInBytes: 4, oomScoreAdj: 5 }],
    [
      'LinuxContainerSecurityContext',
      {
        ...{ privileged: 2, namespaceOptions: 3, readonlyRootfs: 7, seccompProfilePath: 10, noNewPrivs: 11 },
        ...{ maskedPaths: 13, readonlyPaths: 14, seccomp: 15 },
      },
    ],
    ['SecurityProfile', { profileType: 1, localhostRef: 2 }],
    ['CreateContainerRequest', { podSandboxId: 1, config: 2, sandboxConfig: 3 }],
    [
      'ContainerStatus',
      {
        ...{ id: 1, metadata: 2, state: 3, createdAt: 4, startedAt: 5, finishedAt: 6, exitCode: 7 },
        ...{ image: 8, imageRef: 9, reason: 10, message: 11, logPath: 15 },
      },
    ],
    ['ContainerFilter', { id: 1, podSandboxId: 3, labelSelector: 4 }],
    ['Container', { id: 1, podSandboxId: 2, metadata: 3, image: 4, imageRef: 5, state: 6, createdAt: 7 }],
    ['ExecSyncRequest', { containerId: 1, cmd: 2, timeout: 3 }],
    ['ExecSyncResponse', { stdout: 1, stderr: 2, exitCode: 3 }],
    ['Image', { id: 1, repoTags: 2, repoDigests: 3, size: 4 }],
    ['PullImageRequest', { image: 1, auth: 2, sandboxConfig: 3 }],
    ['AuthConfig', { username: 1, password: 2, auth: 3, serverAddress: 4, identityToken: 5, registryToken: 6 }],
    ['FilesystemUsage', { timestamp: 1, fsId: 2, usedBytes: 3, inodesUsed: 4 }],
    ['RuntimeConfigResponse', { linux: 1 }],
    ['LinuxRuntimeConfiguration', { cgroupDriver: 1 }],
  ])('of %s', (message, numbers) => {
    expect(numbersOf(message)).toEqual(numbers);
  });
});
