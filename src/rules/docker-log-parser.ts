import type { ObjectView, TextView } from '../manifests/views.js';
import { logParserAt } from './config-texts/log-parser-at.js';
import { logParsersInText } from './config-texts/log-parsers-in-text.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { walkValues } from './config-texts/walk-values.js';
import { withoutComments } from './config-texts/without-comments.js';
import type { Hit, Rule } from './rule.js';

export const dockerLogParser: Rule = {
  id: 'docker-log-parser',
  title: "A log collector reads container logs in Docker's format",
  severity: 'error',
  why:
    "Docker's json-file driver writes a JSON object a line. containerd and CRI-O write `<time> <stdout|stderr> <P|F> <message>`. " +
    'A collector that takes such lines for JSON drops them or hands them on whole: the fields log, stream and time are gone, ' +
    'and long lines stay in pieces.',
  fix: "Use the collector's CRI parser, or one that recognises both formats.",
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://docs.fluentbit.io/manual/pipeline/parsers/multiline-parsing',
    'https://github.com/fluent/fluentd-kubernetes-daemonset#cri-parser',
    'https://grafana.com/docs/loki/latest/send-data/promtail/stages/cri/',
    'https://www.elastic.co/guide/en/beats/filebeat/current/filebeat-input-container.html',
  ],
  words: [
    '/var/log/containers',
    '/var/log/pods',
    'docker/containers',
    'docker\\containers',
    ['docker', 'stages'],
    ['docker', 'parser'],
    ['docker', 'inputs'],
    ['docker', 'prospectors'],
    ['docker', 'containers'],
    ['docker', 'autodiscover'],
    ['docker', 'default_config'],
    'docker_mode',
    'dockerMode',
    'stage.docker',
    'logFormatType',
    { word: 'containerRuntime', next: /^["']?\s*[:=]\s*["']?docker/ },
    { word: 'format', next: /^["']?\s*[:=]\s*["']?docker/ },
  ],
  object: (view, scene) => forTarget(inObject(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inObject(view: ObjectView): Iterable<Hit> {
  if (isForbidding(view)) return;
  for (const node of walkValues(view)) {
    const found = logParserAt(node);
    if (found !== undefined) yield { at: found.at, message: `${found.what} ${AFTER}`, fix: found.fix };
  }
}

function* inText(view: TextView): Iterable<Hit> {
  if (view.role !== 'config' && view.role !== 'unknown') return;
  for (const { offset, length, what, fix } of logParsersInText(withoutComments(view.text))) {
    yield { at: view.at(offset, length), message: `${what} ${AFTER}`, fix };
  }
}

const AFTER =
  "expects Docker's JSON lines; on a node with containerd or CRI-O the lines are in the CRI format, so logs arrive unparsed or not at all.";
