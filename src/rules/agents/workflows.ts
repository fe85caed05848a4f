import type { Agent } from './agent.js';
import { envOf } from './env-of.js';
import { hasArgument } from './has-argument.js';

export const workflows: readonly Agent[] = [
  {
    id: 'argo-workflows',
    product: 'Argo Workflows',
    images: [
      'argoproj/workflow-controller',
      'argoproj/argoexec',
      'ml-pipeline/workflow-controller',
      'ml-pipeline/argoexec',
      'argoexec',
    ],
    words: ['workflow-controller', 'argoexec'],
    dependency:
      'by default lets each workflow pod mount the Docker socket and /var/lib/docker, which stands in no manifest',
    advice:
      'Until then set containerRuntimeExecutor to emissary (before 3.1: pns or k8sapi) in the workflow-controller-configmap.',
    since: {
      version: '3.4',
      changes: 'From 3.4 on Argo Workflows has only the emissary executor, which needs no Docker.',
    },
    dockerArguments: [{ pattern: /^--container-runtime-executor=docker$/, anyImage: true }],
    configuredForCri: (container) =>
      hasArgument(container, /^--container-runtime-executor=(?!docker$)/) ||
      /^(?!docker$)./.test(envOf(container, 'ARGO_CONTAINER_RUNTIME_EXECUTOR') ?? ''),
    links: ['https://github.com/argoproj/argo-workflows/blob/main/docs/workflow-executors.md'],
  },
  {
    id: 'testcontainers',
    product: 'Testcontainers',
    images: ['testcontainers/ryuk'],
    words: ['testcontainers'],
    dependency: 'starts and removes containers through the Docker API',
    advice:
      'Give the tests a docker:dind sidecar of their own and point DOCKER_HOST to it, or use Testcontainers Cloud.',
    dockerOnly: true,
    links: ['https://java.testcontainers.org/supported_docker_environment/continuous_integration/dind_patterns/'],
  },
];
