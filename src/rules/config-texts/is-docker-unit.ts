import { isMapping } from '../../manifests/mapping.js';
import { namedAbove } from './named-above.js';
import type { ValueNode } from './value-node.js';

/** Lists of units in which the name goes without `.service`: the Collector's and Vector's journald, Datadog's systemd check. */
const UNIT_LISTS: ReadonlySet<string> = new Set(['units', 'include_units', 'unit_names']);
/** What is run is looked at as a command. */
const COMMANDS: ReadonlySet<string> = new Set(['command', 'args', 'cmd', 'entrypoint', 'runcmd', 'bootcmd']);
const UNIT = /^(?:[\w.]+=)?docker\.(?:service|socket)$/;

/** A setting, in YAML, JSON or TOML, that names the unit of dockerd, or the source `dockerd` of the journal. */
export function isDockerUnit(node: ValueNode): boolean {
  if (typeof node.value !== 'string') return false;
  const [above = ''] = namedAbove(node);
  if (node.key === 'source') return above === 'pluginConfig' && /^dockerd?$/.test(node.value);
  if (node.key === 'name')
    return above === 'units' ? UNIT.test(node.value) && setsUp(node) : isAnsibleService(node, above);
  if (typeof node.key === 'number')
    return UNIT.test(node.value)
      ? !isRelation(above) && !COMMANDS.has(above)
      : node.value === 'docker' && UNIT_LISTS.has(above);
  return UNIT.test(node.value) && !isRelation(node.key ?? '');
}

/** Ignition and cloud-config list units with what is to become of them. */
function setsUp(node: ValueNode): boolean {
  const unit = node.parent?.value;
  return (
    isMapping(unit) &&
    ['enabled', 'enable', 'command', 'contents', 'content', 'dropins', 'drop-ins', 'mask'].some((key) => key in unit)
  );
}

function isAnsibleService(node: ValueNode, above: string): boolean {
  if (!/^(?:ansible\.builtin\.)?(?:service|systemd|systemd_service)$/.test(above) || typeof node.value !== 'string')
    return false;
  const task = node.parent?.value;
  return (
    /^docker(?:\.service)?$/.test(node.value) &&
    isMapping(task) &&
    ['state', 'enabled', 'daemon_reload'].some((key) => key in task)
  );
}

/** What is left out, what something is called, and relations between units are other matters. */
function isRelation(key: string): boolean {
  return /exclude|ignore|drop|^(?:tag|name|path|description|message|title|summary|after|before|requires|wants|partOf|bindsTo)$/i.test(
    key,
  );
}
