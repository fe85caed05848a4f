import type { MountView } from '../../manifests/views.js';
import type { Reach } from './reach.js';

const SHOWN = 3;

/** What of the node goes where, as one sentence with a full stop. In a document that is not all of a pod, others may mount it. */
export function mountSentence({ volume, written, path, bySubPath, mounts }: Reach, complete: boolean): string {
  const [first] = mounts;
  const name = volume.name === '' ? 'A volume' : `Volume ${volume.name}`;
  if (bySubPath && first !== undefined) {
    const whose = `${lowerFirst(name)} with subPath ${first.subPath ?? ''}`;
    return `${whoMounts(first)} mounts ${path} of the node at ${first.mountPath}${access(first)} (${whose}).`;
  }
  if (first === undefined) return `${name} is ${written} of the node${complete ? '; no container mounts it' : ''}.`;
  const shown = mounts.slice(0, SHOWN).map(intoContainer);
  const more = mounts.length - shown.length;
  const list = more > 0 ? `${shown.join(', ')} and ${more} more` : joinedWithAnd(shown);
  return `${name} mounts ${written} of the node ${list}.`;
}

const intoContainer = (mount: MountView): string => {
  const place = `at ${mount.mountPath}${access(mount)}`;
  return mount.container === undefined || mount.container.name === '' ? place : `into ${containerOf(mount)} ${place}`;
};

const access = ({ readOnly }: MountView): string => (readOnly ? ' (read-only)' : '');

function containerOf({ container }: MountView): string {
  const { role = 'container', name = '' } = container ?? {};
  if (role === 'step' || role === 'sidecar') return `${role} ${name}`;
  return role === 'container' ? `container ${name}` : `${role} container ${name}`;
}

function whoMounts(mount: MountView): string {
  if (mount.container === undefined || mount.container.name === '') return 'A mount';
  const who = containerOf(mount);
  return `${who.charAt(0).toUpperCase()}${who.slice(1)}`;
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

const joinedWithAnd = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
