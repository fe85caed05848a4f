import type { Agent } from './agent.js';
import { envOf } from './env-of.js';

export const platforms: readonly Agent[] = [
  {
    id: 'nuclio-dashboard',
    product: 'the Nuclio dashboard',
    images: ['nuclio/dashboard'],
    words: ['nuclio/dashboard'],
    dependency: 'builds the images of functions through the Docker socket by default',
    advice:
      'Set NUCLIO_CONTAINER_BUILDER_KIND to kaniko (in the chart: dashboard.containerBuilderKind) and drop the mount of the Docker socket.',
    configuredForCri: (container) => envOf(container, 'NUCLIO_CONTAINER_BUILDER_KIND') === 'kaniko',
    links: ['https://docs.nuclio.io/en/stable/setup/k8s/running-in-production-k8s.html'],
  },
  {
    id: 'hyperledger-fabric-peer',
    product: 'a Hyperledger Fabric peer',
    images: ['hyperledger/fabric-peer', 'fabric-peer'],
    words: ['fabric-peer'],
    dependency: 'starts chaincode as containers of the Docker that CORE_VM_ENDPOINT names',
    advice:
      'Run chaincode as a service or with external builders (Fabric 2 or later), set CORE_VM_ENDPOINT to an empty text and drop the mount of the Docker socket.',
    configuredForCri: (container) => envOf(container, 'CORE_VM_ENDPOINT')?.trim() === '',
    links: ['https://hyperledger-fabric.readthedocs.io/en/latest/cc_service.html'],
  },
  {
    id: 'binderhub',
    product: 'BinderHub',
    images: ['jupyterhub/k8s-binderhub'],
    dependency: 'builds images through a Docker socket of the node unless it has a builder of its own',
    advice:
      'Let the chart run its own builder (imageBuilderType: dind or pink), which brings its own socket directory.',
    whenConfigured: true,
    links: ['https://binderhub.readthedocs.io/'],
  },
  {
    id: 'repo2docker',
    product: 'repo2docker',
    images: ['jupyterhub/repo2docker', 'jupyter/repo2docker', 'repo2docker'],
    words: ['repo2docker'],
    dependency: 'builds images through the Docker API',
    advice:
      'Give it a Docker of its own (a docker:dind Deployment with its own socket directory), or let it push through BuildKit or Podman.',
    dockerOnly: true,
    links: ['https://repo2docker.readthedocs.io/'],
  },
  {
    id: 'airflow',
    product: 'Apache Airflow',
    images: ['apache/airflow'],
    dependency: 'uses Docker where tasks have a DockerOperator',
    advice: 'Replace the DockerOperator by the KubernetesPodOperator and drop the mount of the Docker socket.',
    whenConfigured: true,
    links: ['https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/operators.html'],
  },
  {
    id: 'localstack',
    product: 'LocalStack',
    images: ['localstack/localstack', 'localstack/localstack-pro'],
    dependency: 'starts Lambda functions as containers of the Docker whose socket is mounted',
    advice:
      'Use its Kubernetes executor for Lambda where the edition has it, or give it a docker:dind sidecar of its own.',
    whenConfigured: true,
    links: ['https://docs.localstack.cloud/'],
  },
  {
    id: 'openwhisk-invoker',
    product: 'the OpenWhisk invoker',
    images: ['openwhisk/invoker'],
    words: ['openwhisk'],
    dependency: 'runs actions as containers of Docker unless the Kubernetes container factory is chosen',
    advice:
      'Choose the Kubernetes container factory (in the chart: invoker.containerFactory.impl: kubernetes) and drop the mount of the Docker socket.',
    configuredForCri: (container) =>
      container.env.some(({ value }) => value?.includes('KubernetesContainerFactory') === true),
    links: ['https://github.com/apache/openwhisk-deploy-kube/blob/master/docs/configurationChoices.md'],
  },
];
