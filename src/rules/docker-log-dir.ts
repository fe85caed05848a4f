import type { Severity } from '../core/finding.js';
import { isInside, normalHostPath } from '../manifests/host-path.js';
import type { PodView, TextView } from '../manifests/views.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { linesOf } from './config-texts/lines-of.js';
import { withoutComments } from './config-texts/without-comments.js';
import { dockerStays } from './parts/docker-stays.js';
import { isDockerLogDir } from './parts/is-docker-log-dir.js';
import { namedPaths } from './parts/named-paths.js';
import { namedSentence } from './parts/named-sentence.js';
import { reachesOf, type Reach } from './parts/reach.js';
import { typeCheckFailure } from './parts/type-check.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerLogDir: Rule = {
  id: 'docker-log-dir',
  title: "Container logs are read from Docker's directory",
  severity: 'error',
  why:
    "Docker's json-file driver writes below its data root in containers/, and /var/log/containers and " +
    '/var/log/pods are links into it. With containerd and CRI-O the kubelet has real files in /var/log/pods, and ' +
    'nothing is below the data root of Docker: who tails that directory gets nothing, silently.',
  fix:
    'Mount /var/log (or /var/log/pods and /var/log/containers), read /var/log/containers/*.log with a parser for ' +
    'the CRI format, and drop the Docker directory.',
  links: [
    'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
    'https://github.com/grafana/helm-charts/issues/936',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
  ],
  words: ['docker', 'hostPath', 'host_path'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    // cri-dockerd goes on to link /var/log/pods into that directory.
    if (dockerStays(scene)) return;
    const is = (path: string): boolean => isDockerLogDir(path, scene);
    for (const reach of reachesOf(pod, (path) => is(path) || MAYBE.test(path))) {
      yield volumeHit(reach, pod, scene, { ...verdict(reach, pod, is), ...(is(reach.path) ? {} : POSSIBLE) });
    }
    const seen = new Set<string>();
    for (const named of namedPaths(pod, is)) {
      const key = `${named.container.name} ${named.hostPath}`;
      if (is(named.mount.hostPath) || seen.has(key)) continue;
      seen.add(key);
      yield { at: named.at, message: `${namedSentence(named)} ${NOTHING_THERE}`, container: named.container.name };
    }
  },

  *text(view: TextView, scene: Scene): Iterable<Hit> {
    if (dockerStays(scene) || view.container !== undefined) return;
    if (isForbidding({ ...view, value: undefined })) return;
    for (const path of logPathsIn(view.text, scene)) {
      // Prose, or the whole of a structure whose values come one by one.
      if (view.role === 'unknown' && !path.rotates) continue;
      yield { at: view.at(path.offset, path.length), evidence: path.text, ...textVerdict(path, view) };
    }
  },
};

/** A data root that nobody told of. */
const MAYBE = /[/\\]docker[/\\]containers(?:[/\\]|$)/;
const POSSIBLE = { severity: 'note', confidence: 'possible' } as const;
const NOTHING_THERE = 'Once Docker is gone, no log appears there, and no error tells.';

function verdict(reach: Reach, pod: PodView, is: (path: string) => boolean): { says: string; severity: Severity } {
  const tailing = [...namedPaths(pod, is)].find(({ mount }) => reach.mounts.includes(mount));
  if (tailing !== undefined) return { says: `${namedSentence(tailing)} ${NOTHING_THERE}`, severity: 'error' };
  if (hasOtherLogs(pod)) {
    const harmless = typeCheckFailure(reach) === undefined ? ': a left-over that harms nothing' : '';
    const says = `The pod has /var/log as well, where the logs are with any runtime${harmless}.`;
    return { says, severity: 'note' };
  }
  return { says: `The pod has no other directory of logs. ${NOTHING_THERE}`, severity: 'error' };
}

function hasOtherLogs({ volumes, mounts }: PodView): boolean {
  const paths = [...volumes.map(({ hostPath }) => hostPath?.normal ?? ''), ...mounts.map(({ hostPath }) => hostPath)];
  return paths.some(
    (path) =>
      path === '/' ||
      path === '/var' ||
      LOGS.some((logs) => path === logs || (/[/\\](?:pods|containers)$/.test(path) && isInside(path, logs))),
  );
}

const LOGS = ['/var/log', 'c:\\var\\log'];

type Verdict = Pick<Hit, 'message' | 'severity' | 'confidence' | 'fix'>;

function textVerdict({ text, rotates }: LogPath, view: TextView): Verdict {
  if (rotates) {
    const message = `${text} is rotated here, which does nothing once Docker is gone: the kubelet rotates the logs of containers.`;
    const fix = 'Remove it with Docker; the sizes are containerLogMaxSize and containerLogMaxFiles of the kubelet.';
    return { message, fix, severity: 'note', ...(isRun(view) ? { confidence: 'possible' } : {}) };
  }
  if (!isRun(view)) return { message: `The configuration reads ${text}. ${NOTHING_THERE}` };
  const message = `The ${view.role} names ${text}. ${NOTHING_THERE}`;
  // Text that a script writes to a file is somebody else's to read.
  if (view.commands().some(({ words }) => words.some((word) => word.includes(text)))) return { message };
  return { message, ...POSSIBLE };
}

const isRun = ({ role }: TextView): boolean =>
  role === 'script' || role === 'command' || role === 'crontab' || role === 'unit';

interface LogPath {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** It opens a section of logrotate's. */
  readonly rotates: boolean;
}

/** What is left out, and where a position is remembered, is not read. */
const NOT_READ = /exclu|ignore|drop|\bdb\b|pos_file|position/i;
const BEFORE = 80;
const PATH = /(?:\/|[a-zA-Z]:[\\/])[\w.@%+~*?${}[\]\\/-]*/g;

function* logPathsIn(text: string, scene: Scene): Iterable<LogPath> {
  if (!/docker[/\\]|\/containers/i.test(text)) return;
  for (const line of linesOf(withoutComments(text))) {
    if (!line.text.includes('containers')) continue;
    const seen = new Set<string>();
    for (const match of line.text.matchAll(PATH)) {
      if (!match[0].includes('containers') || seen.has(match[0]) || !isDockerLogDir(normalHostPath(match[0]), scene))
        continue;
      const before = line.text.slice(Math.max(0, match.index - BEFORE), match.index);
      if (/[\w^|(\\]$/.test(before) || NOT_READ.test(before)) continue;
      seen.add(match[0]);
      const rotates = /^\s*\{\s*$/.test(line.text.slice(match.index + match[0].length));
      yield { text: match[0], offset: line.offset + match.index, length: match[0].length, rotates };
    }
  }
}
