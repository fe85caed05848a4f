import type { Agent } from './agent.js';

const BUILD_WITHOUT_DOCKER =
  'Build images with BuildKit, Buildah or Kaniko pods, or give the job a docker:dind sidecar of its own.';

export const continuousIntegration: readonly Agent[] = [
  {
    id: 'jenkins',
    product: 'Jenkins',
    images: [
      'jenkins/jenkins',
      'jenkinsci/jenkins',
      'jenkins/inbound-agent',
      'jenkins/jnlp-slave',
      'jenkinsci/jnlp-slave',
      'jenkins/agent',
      'jnlp-slave',
    ],
    dependency: 'uses Docker where a pod template or a pipeline mounts its socket',
    advice: `Change the pod templates (Configuration as Code, Jenkinsfile) that mount the Docker socket. ${BUILD_WITHOUT_DOCKER}`,
    whenConfigured: true,
    links: ['https://plugins.jenkins.io/kubernetes/'],
  },
  {
    id: 'gitlab-runner',
    product: 'the GitLab Runner',
    images: ['gitlab/gitlab-runner', 'gitlab-org/gitlab-runner', 'gitlab-runner', 'gitlab-runner-ocp'],
    dependency: 'uses Docker where its configuration mounts the socket into jobs or chooses the docker executor',
    advice: `Use the kubernetes executor and remove the host_path volume of the Docker socket from config.toml. ${BUILD_WITHOUT_DOCKER}`,
    whenConfigured: true,
    dockerArguments: [{ pattern: /^--executor=docker(?:\+machine|-windows|-ssh|-autoscaler)?$/ }],
    links: ['https://docs.gitlab.com/runner/executors/kubernetes/'],
  },
  {
    id: 'github-actions-runner',
    product: 'the GitHub Actions runner',
    images: [
      'summerwind/actions-runner',
      'actions-runner-controller/actions-runner',
      'actions/actions-runner',
      'actions-runner',
    ],
    dependency: "uses the node's Docker where its socket is mounted into the runner",
    advice:
      'Set containerMode to dind or kubernetes (older runners: dockerdWithinRunnerContainer: true) and drop the mount of the Docker socket.',
    whenConfigured: true,
    links: [
      'https://docs.github.com/actions/hosting-your-own-runners/managing-self-hosted-runners-with-actions-runner-controller',
    ],
  },
  {
    id: 'drone-runner-docker',
    product: "Drone's Docker runner",
    images: ['drone/drone-runner-docker', 'drone/agent'],
    words: ['drone-runner-docker', 'drone/agent'],
    dependency: 'runs each step as a container of Docker',
    advice: `Replace it with drone/drone-runner-kube. ${BUILD_WITHOUT_DOCKER}`,
    dockerOnly: true,
    links: ['https://docs.drone.io/runner/kubernetes/overview/'],
  },
  {
    id: 'woodpecker-agent',
    product: 'the Woodpecker agent',
    images: ['woodpeckerci/woodpecker-agent', 'woodpecker-agent'],
    dependency: 'runs steps as containers of Docker where its backend is docker',
    advice: `Set WOODPECKER_BACKEND to kubernetes. ${BUILD_WITHOUT_DOCKER}`,
    whenConfigured: true,
    dockerArguments: [{ pattern: /^--backend-engine=docker$/ }],
    links: ['https://woodpecker-ci.org/docs/administration/configuration/backends/kubernetes'],
  },
  {
    id: 'buildkite-agent',
    product: 'the Buildkite agent',
    images: ['buildkite/agent', 'buildkite/agent-k8s'],
    dependency: 'uses Docker where its socket is mounted',
    advice: `Run jobs with agent-stack-k8s. ${BUILD_WITHOUT_DOCKER}`,
    whenConfigured: true,
    links: ['https://github.com/buildkite/agent-stack-k8s'],
  },
  {
    id: 'ci-agents',
    product: 'a build agent',
    images: [
      'jetbrains/teamcity-agent',
      'atlassian/bamboo-agent-base',
      'atlassian/bitbucket-pipelines-runner',
      'sox/bitbucket-pipelines-runner',
      'circleci/runner',
      'circleci/runner-agent',
      'circleci/launch-agent',
      'azure-pipelines/vsts-agent',
      'microsoft/vsts-agent',
    ],
    dependency: 'uses Docker where its socket is mounted',
    advice: `Drop the mount of the Docker socket. ${BUILD_WITHOUT_DOCKER}`,
    whenConfigured: true,
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    ],
  },
];
