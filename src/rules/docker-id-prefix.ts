import type { ObjectView, TextView } from '../manifests/views.js';
import type { Place } from '../manifests/place.js';
import { idPrefixesIn } from './config-texts/id-prefixes-in.js';
import { forTarget } from './config-texts/for-target.js';
import { isForbidding } from './config-texts/is-forbidding.js';
import { walkValues } from './config-texts/walk-values.js';
import { withoutComments } from './config-texts/without-comments.js';
import type { Hit, Rule } from './rule.js';

/** Prose, what pods report of themselves, and images. */
const DATA =
  /^(?:description|message|title|summary|containerID|imageID|containerRuntimeVersion|image|images|uses|newName|repository|registry|transport|container_runtime_version)$/;

export const dockerIdPrefix: Rule = {
  id: 'docker-id-prefix',
  title: 'Code expects ids to begin with docker://',
  severity: 'error',
  why:
    'containerID in the status of a pod begins with docker:// under Docker and with containerd:// or cri-o:// elsewhere; imageID has lost ' +
    'docker-pullable://. Code that strips or matches the old prefix goes on with an id that nothing knows.',
  fix: 'Strip any scheme: `${id#*://}` in a shell, `sed "s#^[a-z-]*://##"`, or a split at `://`.',
  links: [
    'https://github.com/kubernetes/kubernetes/issues/95968',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
  ],
  words: ['docker:/', 'docker:\\', 'docker-pullable:'],
  object: (view, scene) => forTarget(inObject(view), scene),
  text: (view, scene) => forTarget(inText(view), scene),
};

function* inObject(view: ObjectView): Iterable<Hit> {
  if (isForbidding(view)) return;
  for (const node of walkValues(view)) {
    const { key, value } = node;
    if (typeof value !== 'string' || value.includes('\n') || !value.includes('docker')) continue;
    if (typeof key !== 'string' || DATA.test(key)) continue;
    for (const { offset, length } of idPrefixesIn(value)) yield hitOf({ path: node.path, offset, length }, value);
  }
}

function* inText(view: TextView): Iterable<Hit> {
  if (isForbidding(view) || !view.text.includes('docker') || DATA.test(view.key)) return;
  for (const { offset, length } of idPrefixesIn(withoutComments(view.text))) {
    const around = view.text.slice(Math.max(0, offset - 80), offset + length + 40);
    yield hitOf(view.at(offset, length), view.role === 'command' ? around : undefined);
  }
}

function hitOf(at: Place, evidence: string | undefined): Hit {
  return {
    at,
    ...(evidence === undefined ? {} : { evidence }),
    message:
      'An id is compared with a prefix of Docker; under containerd it begins with containerd://, under CRI-O with cri-o://, and nothing matches.',
  };
}
