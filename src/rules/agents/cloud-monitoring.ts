import type { Agent } from './agent.js';

export const cloudMonitoring: readonly Agent[] = [
  {
    id: 'azure-monitor-oms',
    product: 'the OMS agent for Docker',
    images: ['microsoft/oms'],
    words: ['microsoft/oms'],
    dependency: 'takes the list of containers from the Docker socket',
    advice:
      'Replace it with the Azure Monitor agent of Container insights, which detects containerd as far as its documentation says.',
    dockerOnly: true,
    links: ['https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-overview'],
  },
  {
    id: 'azure-container-insights',
    product: "Azure Monitor's Container insights agent",
    images: ['azuremonitor/containerinsights/ciprod', 'containerinsights/ciprod', 'microsoft/containerinsights'],
    words: ['containerinsights'],
    dependency: 'takes the list of containers from the Docker socket',
    advice:
      'Bring older ones to a current image (on AKS the add-on does it), and drop the mounts of the Docker socket and of /var/lib/docker.',
    since: { version: '2020.1', changes: 'Images from 2020 on detect containerd, as far as their release notes say.' },
    versionOf: containerInsightsDate,
    links: ['https://github.com/microsoft/Docker-Provider/blob/ci_prod/ReleaseNotes.md'],
  },
  {
    id: 'cloudwatch-agent',
    product: 'the CloudWatch agent',
    images: [
      'amazon/cloudwatch-agent',
      'cloudwatch-agent/cloudwatch-agent',
      'cloudwatch-agent',
      'amazon-cloudwatch-agent',
    ],
    words: ['cloudwatch-agent'],
    dependency: 'describes containers with the help of the Docker socket unless it is given that of containerd',
    advice:
      'Use the current manifest of Container Insights: a recent image (later than 1.247350) and /run/containerd/containerd.sock mounted. ' +
      'Remove the mounts of /var/run/docker.sock and /var/lib/docker.',
    links: ['https://github.com/aws/eks-charts/pull/973'],
  },
];

/** `ciprod01182019` is of 18 January 2019; the tags are versions such as `3.1.14` since 2022. */
function containerInsightsDate(tag: string): string | undefined {
  const match = /(\d{2})(\d{2})(\d{4})/.exec(tag);
  if (match !== null) return `${match[3]}.${match[1]}.${match[2]}`;
  return /^\d+\.\d+\.\d+/.test(tag) ? '2022.1' : undefined;
}
