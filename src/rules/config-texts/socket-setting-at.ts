import { dockerModuleAt } from './docker-module-at.js';
import { dockerSocketsIn, type SocketMention } from './docker-sockets-in.js';
import { isMapping } from '../../manifests/mapping.js';
import { namedAbove } from './named-above.js';
import type { ValueNode } from './value-node.js';
import { valueNodeBelow } from './value-node-below.js';

/** Parts of pods, which rules of their own look at, and names without an effect. */
const OTHERS =
  /^(?:hostPath|host_path|host_paths|mountPath|mount_path|subPath|path|pathPrefix|pathPattern|source|target|destination|command|args|entrypoint|image|name|key|description|message|title|summary|pattern|regex|items|condition|output|exceptions|docker_host)$/i;
const TELLING = /sock|docker|endpoint|host|url|uri|addr|daemon|runtime|connection|server|listen|volumes/i;
const RUN_BY_PODS =
  /^(?:env|environment|containers|initContainers|steps|sidecars|volumes|volumeMounts|extraVolumes|extraVolumeMounts|volume_mount)$/;

/** A setting whose value is the Docker socket, outside of pods and of the parts that another rule knows. */
export function socketSettingAt(node: ValueNode): SocketMention | undefined {
  const { value } = node;
  if (typeof value !== 'string' || value.includes('\n')) return undefined;
  const [socket] = dockerSocketsIn(value);
  if (socket === undefined) return undefined;
  const names = typeof node.key === 'string' ? [node.key, ...namedAbove(node)] : namedAbove(node);
  const [name = ''] = names;
  // `volumes` of a GitLab runner's Docker executor: `/var/run/docker.sock:/var/run/docker.sock`.
  const isBind = name === 'volumes' && names[1] === 'docker' && names.includes('runners');
  if (!isBind && (OTHERS.test(name) || names.some((one) => RUN_BY_PODS.test(one)))) return undefined;
  const isUrl = /^(?:unix|npipe|http\+unix|fd):\/\//.test(socket.text) || /^(?:unix|npipe):/.test(value);
  const isWhole = isBind || socket.text === value.trim();
  if (!isWhole && !(isUrl && /^\S*[=,]?\S*$/.test(value))) return undefined;
  if (!isUrl && !TELLING.test(name)) return undefined;
  return isPartOfModule(node) || isForeignNode(node) ? undefined : socket;
}

/** Under a module for Docker, or beside the name of one. */
function isPartOfModule(node: ValueNode): boolean {
  for (let up: ValueNode | undefined = node; up !== undefined; up = up.parent) {
    const inside = up;
    if (dockerModuleAt(inside) !== undefined) return true;
    const { value } = inside;
    if (!isMapping(value)) continue;
    for (const key of ['module', 'type', 'name', 'sourceType']) {
      const beside = valueNodeBelow(inside, key, value[key]);
      if (typeof value[key] === 'string' && dockerModuleAt(beside) !== undefined) return true;
    }
  }
  return false;
}

/** RKE's nodes name the socket of the machine; in patches and policies the value is compared or put elsewhere. */
function isForeignNode(node: ValueNode): boolean {
  const { key, parent } = node;
  const beside = isMapping(parent?.value) ? parent.value : {};
  if (key === 'docker_socket' && 'address' in beside) return true;
  if (key === 'value' && ('op' in beside || 'operator' in beside)) return true;
  // Terraform's provider `docker` works where Terraform runs.
  const [product, block] = namedAbove(node);
  return (product === 'docker' && block === 'provider') || isSwitchedOff(node);
}

function isSwitchedOff({ parent }: ValueNode): boolean {
  for (let up = parent; up !== undefined; up = up.parent) {
    if (isMapping(up.value) && up.value.enabled === false) return true;
  }
  return false;
}
