import type { TextView } from '../manifests/views.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { withoutComments } from './config-texts/without-comments.js';
import type { Hit, Rule } from './rule.js';

/** Code that knows how other runtimes' containers look, too. */
const KNOWS_OTHERS = /kubepods|cri-containerd|containerd|crio-|libpod|\.containerenv|KUBERNETES_SERVICE_HOST/;
const SIGNS =
  /\/\.dockerenv\b|\/proc\/(?:self|1|\$\$|\$\{?\w+\}?|thread-self)\/cgroup\b|\/sys\/fs\/cgroup\/[\w/,*$.{}-]{0,100}\/docker\/|\bdocker-[^\s"']{1,80}\.scope\b/g;
const NEAR = 400;

export const dockerCgroup: Rule = {
  id: 'docker-cgroup',
  title: "A program recognises containers by Docker's marks",
  severity: 'warning',
  why:
    'Docker puts the file /.dockerenv into each container and `docker` into the names of cgroups. containerd and CRI-O have no such ' +
    'file; their cgroups are called cri-containerd-<id>.scope and crio-<id>.scope, and with cgroup v2 a container sees `0::/` only.',
  fix: 'Ask for the variable KUBERNETES_SERVICE_HOST to tell whether this is a pod, and pass names and ids by the downward API.',
  links: [
    'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
    'https://github.com/microsoft/ApplicationInsights-Kubernetes/issues/290',
  ],
  words: ['.dockerenv', ['docker', '/cgroup'], ['docker-', '.scope']],
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inText(view: TextView): Iterable<Hit> {
  if (view.role === 'environment' || view.role === 'unit') return;
  // A setting on one line says what to look at, not what the program is.
  if (view.role === 'config' && !view.text.includes('\n')) return;
  const text = withoutComments(view.text);
  if (!text.includes('docker') || isForbidding(view) || /^[ \t]*- (?:rule|macro|list):/m.test(text)) return;
  let seenUpTo = -1;
  for (const match of text.matchAll(SIGNS)) {
    const { index } = match;
    const around = text.slice(Math.max(0, index - NEAR), index + NEAR);
    if (index < seenUpTo || KNOWS_OTHERS.test(around) || /exclude|ignore/i.test(lineAround(text, index))) continue;
    const isCgroup = match[0].endsWith('cgroup');
    if (isCgroup && !/docker/.test(text.slice(Math.max(0, index - 120), index + NEAR).replaceAll('.dockerenv', '')))
      continue;
    // One test is often made of both signs.
    seenUpTo = index + match[0].length + (isCgroup ? 0 : 120);
    yield {
      at: view.at(index, match[0].length),
      evidence: lineAround(text, index).trim(),
      message: `${isCgroup ? "The cgroup's name is searched for docker" : `${match[0]} is looked for`}, which marks containers of Docker only: under containerd or CRI-O the program takes itself to be outside of a container.`,
    };
  }
}

function lineAround(text: string, index: number): string {
  const start = text.slice(Math.max(0, index - NEAR), index);
  const end = text.slice(index, index + NEAR);
  return start.slice(start.lastIndexOf('\n') + 1) + (/^[^\n]*/.exec(end)?.[0] ?? '');
}
