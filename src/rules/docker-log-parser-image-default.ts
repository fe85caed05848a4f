import { mountEntries } from '../manifests/pod-views-mounts.js';
import type { ContainerView, PodView } from '../manifests/views.js';
import type { Confidence } from '../core/finding.js';
import type { Hit, Rule, Scene } from './rule.js';
import { imageName } from './agents/image-name.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';

const IMAGE = 'fluentd-kubernetes-daemonset';
const VARIABLE = 'FLUENT_CONTAINER_TAIL_PARSER_TYPE';

/** What takes the place of the image's own configuration, or of its part that names the parser. */
const REPLACED =
  /^\/fluentd\/etc(?:\/(?:kubernetes\.conf|tail_container_parse\.conf|kubernetes|kubernetes\/containers\.conf))?\/?$/;

export const dockerLogParserImageDefault: Rule = {
  id: 'docker-log-parser-image-default',
  title: "Fluentd image that parses Docker's JSON logs by default",
  severity: 'error',
  why:
    `The image fluent/${IMAGE} parses container logs as JSON unless ${VARIABLE} says otherwise. The files in /var/log/containers are JSON under ` +
    'Docker only; containerd and CRI-O write lines of time, stream, flag and text, so that no line is parsed: messages arrive ' +
    'without their fields, or not at all.',
  fix:
    `Set ${VARIABLE} to cri and FLUENT_CONTAINER_TAIL_PARSER_TIME_FORMAT to %Y-%m-%dT%H:%M:%S.%N%:z, with an image of v1.12 or later, which brings ` +
    'the cri parser. Nodes that still run Docker need the default: switch it with the nodes, by a DaemonSet for each of the two.',
  links: [
    'https://github.com/fluent/fluentd-kubernetes-daemonset#use-cri-parser-for-containerdcri-o-logs',
    'https://github.com/fluent/fluentd-kubernetes-daemonset/pull/328',
    'https://github.com/fluent/fluentd-kubernetes-daemonset/issues/412',
  ],
  words: [IMAGE],

  *pod(view: PodView, scene: Scene): Iterable<Hit> {
    const stays = dockerStays(scene);
    for (const container of view.containers) {
      const organisation = organisationOf(container.image);
      if (organisation === undefined || container.role === 'init') continue;
      const verdict = verdictOf(container, view.complete && organisation === 'fluent');
      if (verdict === undefined) continue;
      const { at, because, confidence } = verdict;
      const sentence = `Container ${container.name} parses container logs as Docker's JSON, because ${because}`;
      yield {
        at: { path: at ?? [...container.path, 'image'] },
        confidence,
        ...(stays ? { severity: 'note' } : {}),
        message: `${sentence}${stays ? `. ${WHILE_DOCKER_STAYS}` : '; logs of containerd or CRI-O are not JSON.'}`,
        container: container.name,
      };
    }
  },
};

/** Of an image of that name: who built it. */
function organisationOf(image: string): string | undefined {
  const segments = imageName(image).repository.split('/');
  return segments.at(-1) === IMAGE ? (segments.at(-2) ?? '') : undefined;
}

interface Verdict {
  readonly at?: ContainerView['path'];
  readonly because: string;
  readonly confidence: Confidence;
}

function verdictOf(container: ContainerView, certain: boolean): Verdict | undefined {
  const entry = container.env.findLast(({ name }) => name === VARIABLE);
  const parser = entry?.value?.trim();
  // Any other parser, and a regular expression, was chosen by someone who saw the lines.
  if (parser !== undefined && !/^(?:json\w*)?$/.test(parser)) return undefined;

  const confidence = certain ? 'definite' : 'possible';
  if (entry !== undefined && parser !== undefined && parser !== '') {
    return { at: entry.path, because: `${VARIABLE} is ${parser}`, confidence };
  }
  const mounted = mountEntries(container.value, container.path).map(({ mountPath }) => mountPath);
  // What is mounted there instead is looked at on its own.
  if (mounted.some((path) => REPLACED.test(path))) return undefined;

  if (entry !== undefined && parser === undefined) {
    return { at: entry.path, because: `${VARIABLE}, set from elsewhere, may be json`, confidence: 'possible' };
  }
  const because = `${VARIABLE} is not set and the image's default is json`;
  const isOpen = isSetElsewhere(container) || mounted.some((path) => path.startsWith('/fluentd/etc/'));
  return { because, confidence: isOpen ? 'possible' : confidence };
}

/** `envFrom` or a chart's values may set it; another main file or command need not include the image's own. */
function isSetElsewhere({ value, env, command, args }: ContainerView): boolean {
  const from = value['envFrom'] ?? value['env_from'];
  return (
    (Array.isArray(from) ? from.length > 0 : from !== undefined && from !== null) ||
    ('env' in value && (value['env'] === null || typeof value['env'] === 'string')) ||
    env.some(({ name, value: file }) => name === 'FLUENTD_CONF' && file !== 'fluent.conf') ||
    command.length + args.length > 0
  );
}
