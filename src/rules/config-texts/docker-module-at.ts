import { isDockerSocket, normalHostPath } from '../../manifests/host-path.js';
import type { DockerModule } from './docker-module.js';
import { DOCKER_MODULES as modules } from './docker-modules.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import { namedAbove } from './named-above.js';
import type { ValueNode } from './value-node.js';

/** The part of a configuration that this value switches on, if it is one that needs dockerd. */
export function dockerModuleAt(node: ValueNode): DockerModule | undefined {
  if (typeof node.key !== 'string' || isSwitchedOff(node)) return undefined;
  return typeof node.value === 'string' ? byValue(node, node.key, node.value) : byKey(node, node.key);
}

function byValue(node: ValueNode, key: string, value: string): DockerModule | undefined {
  const [above = ''] = namedAbove(node);
  const inList = typeof node.parent?.key === 'number';
  switch (key) {
    case 'module':
      return value === 'docker' && inList ? modules.metricbeat : undefined;
    case 'type':
      return byType(node, value, above);
    case 'name':
      if (value === 'docker' && isDatadogList(node, above)) return modules.datadogListener;
      if (value === 'docker' && above === 'containerRuntimeExecutors') return modules.argoExecutor;
      if (/^docker(?:_events)?$/.test(value) && above === 'inputs' && inList) return modules.fluentBit;
      return value === 'nri-docker' ? modules.newRelic : undefined;
    case 'containerRuntimeExecutor':
      return value === 'docker' ? modules.argoExecutor : undefined;
    case 'sourceType':
      return /^Docker(?:Stats|Log)$/.test(value) ? modules.sumo : undefined;
    case 'url':
      return isDatadogCheck(node, above) && isDockerSocket(normalHostPath(value)) ? modules.datadogCheck : undefined;
    case 'docker.yaml':
    case 'docker_daemon.yaml':
      return value.includes('init_config') ? modules.datadogCheck : undefined;
    default:
      return undefined;
  }
}

function byType(node: ValueNode, value: string, above: string): DockerModule | undefined {
  switch (value) {
    case 'docker':
      return above === 'providers' && typeof node.parent?.key === 'number' ? modules.beatsAutodiscover : undefined;
    case 'docker_logs':
      return modules.vector;
    case 'docker/metrics':
      return modules.elasticAgent;
    case 'docker-container-stats':
    case 'collectd/docker':
      return modules.signalFx;
    default:
      return undefined;
  }
}

function byKey(node: ValueNode, key: string): DockerModule | undefined {
  const { value } = node;
  const [above = ''] = namedAbove(node);
  const inList = typeof node.parent?.key === 'number';
  switch (key) {
    case 'add_docker_metadata':
      return modules.beatsProcessor;
    case 'docker_sd_configs':
    case 'dockerswarm_sd_configs':
      return Array.isArray(value) && value.length > 0 ? modules.serviceDiscovery : undefined;
    case 'detectors':
      return Array.isArray(value) && value.includes('docker') ? modules.collectorDetector : undefined;
    case 'docker':
    case 'docker_log':
      if (above === 'inputs' && (inList || Array.isArray(value))) return modules.telegraf;
      return key === 'docker' && isProvider(node, above) ? modules.dockerProvider : undefined;
    case 'docker.yaml':
    case 'docker_daemon.yaml':
      return isMapping(value) && 'init_config' in value ? modules.datadogCheck : undefined;
    default:
      break;
  }
  if (/^docker_stats(?:\/|$)/.test(key)) {
    return above === 'receivers' && isUsed(node, key, 'receivers') ? modules.collectorReceiver : undefined;
  }
  if (/^docker_observer(?:\/|$)/.test(key) && above === 'extensions') {
    return isUsed(node, key, 'extensions') ? modules.collectorObserver : undefined;
  }
  return undefined;
}

const TRAEFIK_1_SETTINGS = ['endpoint', 'exposedByDefault', 'exposedbydefault', 'swarmMode', 'domain', 'watch'];

/** `providers.docker` of Traefik 2 and of others made like it, and the table `docker` at the root of Traefik 1. */
function isProvider(node: ValueNode, above: string): boolean {
  const { value } = node;
  if (!isMapping(value) && value !== null && value !== true) return false;
  if (above === 'providers') return typeof node.parent?.key === 'string';
  return node.parent?.key === undefined && isMapping(value) && TRAEFIK_1_SETTINGS.some((name) => name in value);
}

/** `enabled: false` beside it or in it. */
function isSwitchedOff({ value, parent }: ValueNode): boolean {
  const holder = typeof value === 'string' ? parent?.value : value;
  return isMapping(holder) && holder.enabled === false;
}

/** https://docs.datadoghq.com/getting_started/integrations/#configuring-agent-integrations: `init_config` and `instances`. */
function isDatadogCheck(node: ValueNode, above: string): boolean {
  const check = node.parent?.parent?.parent?.value;
  return above === 'instances' && isMapping(check) && 'init_config' in check;
}

/** A Gateway has listeners, too, and these have ports. */
function isDatadogList({ parent }: ValueNode, above: string): boolean {
  if (above !== 'listeners' && above !== 'config_providers' && above !== 'extra_listeners') return false;
  return isMapping(parent?.value) && Object.keys(parent.value).every((key) => key === 'name' || key === 'polling');
}

/** A receiver or extension of the Collector does nothing until the service names it. */
function isUsed(node: ValueNode, name: string, kind: 'receivers' | 'extensions'): boolean {
  const config = node.parent?.parent?.value;
  const service = isMapping(config) ? config.service : undefined;
  if (!isMapping(service)) return true;
  const users: Mapping[] = [service];
  if (isMapping(service.pipelines)) users.push(...Object.values(service.pipelines).filter(isMapping));
  return users.some((user) => Array.isArray(user[kind]) && (user[kind] as unknown[]).includes(name));
}
