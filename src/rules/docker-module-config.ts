import type { ObjectView, PodView, TextView } from '../manifests/views.js';
import { dockerModuleAt } from './config-texts/docker-module-at.js';
import type { DockerModule } from './config-texts/docker-module.js';
import { DOCKER_MODULES } from './config-texts/docker-modules.js';
import { dockerModulesInText } from './config-texts/docker-modules-in-text.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { walkValues } from './config-texts/walk-values.js';
import { withoutComments } from './config-texts/without-comments.js';
import type { Place } from '../manifests/place.js';
import type { Hit, Rule } from './rule.js';

export const dockerModuleConfig: Rule = {
  id: 'docker-module-config',
  title: 'A product is configured to ask dockerd',
  severity: 'error',
  why:
    'Modules, inputs, providers and executors for Docker speak the Docker API. Under containerd or CRI-O nobody answers, or a ' +
    'dockerd that is left on the node answers without any of the containers that Kubernetes runs: no data, mostly without an error.',
  fix: "Use the product's module for Kubernetes or for the CRI.",
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/migrating-telemetry-and-security-agents/',
    'https://argo-workflows.readthedocs.io/en/latest/workflow-executors/',
    'https://doc.traefik.io/traefik/providers/docker/',
  ],
  words: [
    // A key or a table of that name.
    { word: 'docker', next: /^(?:\]|["']?\s*:(?:\s|$))/ },
    ['docker', 'metricbeat'],
    ['docker', 'module'],
    ['docker', 'providers'],
    ['docker', 'processors'],
    ['docker', 'inputs'],
    ['docker', 'input]'],
    ['docker', 'listeners'],
    ['docker', 'config_providers'],
    ['docker', 'detectors'],
    ['docker', 'containerRuntimeExecutor'],
    ['docker', 'init_config'],
    'add_docker_metadata',
    'docker_stats',
    'docker_observer',
    'docker_logs',
    'docker/metrics',
    'docker-container-stats',
    'collectd/docker',
    'docker_sd_configs',
    'dockerswarm_sd_configs',
    'nri-docker',
    'DockerStats',
    'DockerLog',
    'Plugins.Docker',
    'LoadPlugin',
    '<Plugin',
    'dockerplugin',
    'discovery.docker',
    'loki.source.docker',
    'docker_metadata',
    'docker_inspect',
    'docker_monitor',
    'docker_metrics',
    'PROVIDERS_DOCKER',
  ],
  object: (view, scene) => forTarget(inObject(view), scene),
  pod: (view, scene) => forTarget(inPod(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inObject(view: ObjectView): Iterable<Hit> {
  if (isForbidding(view)) return;
  for (const node of walkValues(view)) {
    const module = dockerModuleAt(node);
    if (module === undefined) continue;
    yield hitOf(module, typeof node.value === 'string' ? { path: node.path } : { path: node.path, key: true });
  }
}

function* inPod(view: PodView): Iterable<Hit> {
  if (view.hasOwnDocker) return;
  for (const container of view.containers) {
    const variable = container.env.find(
      ({ name, value }) =>
        /^TRAEFIK_PROVIDERS_DOCKER(?:_ENDPOINT)?$/.test(name) && value !== undefined && value !== 'false',
    );
    if (variable !== undefined) {
      yield { ...hitOf(DOCKER_MODULES.dockerProvider, { path: variable.path }), container: container.name };
    }
  }
}

function* inText(view: TextView): Iterable<Hit> {
  if (view.role !== 'config' && view.role !== 'unknown' && view.role !== 'environment') return;
  for (const { offset, length, module } of dockerModulesInText(withoutComments(view.text))) {
    yield hitOf(module, view.at(offset, length));
  }
}

function hitOf({ what, fix, severity }: DockerModule, at: Place): Hit {
  const message = `${what} asks dockerd; once nodes run containerd or CRI-O it gets no answer about the containers of Kubernetes.`;
  return { at, message, fix, ...(severity === undefined ? {} : { severity }) };
}
