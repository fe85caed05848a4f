import { MigrateError } from '../core/errors.js';
import type { UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { parseUnitBlocks } from './parse-unit-blocks.js';

const PROPERTIES = [
  ...['Id', 'LoadState', 'ActiveState', 'SubState', 'UnitFileState', 'FragmentPath', 'DropInPaths'],
  ...['Requires', 'Wants', 'After', 'BindsTo', 'PartOf', 'MainPID', 'NRestarts'],
];

/**
 * Units by the names they were asked by, in one call. A unit that systemd does not know has `loadState: 'not-found'`.
 * So has a template without an instance: there is no unit of that name, and systemctl would give up on all the others.
 */
export async function unitFacts(host: ReadHost, names: readonly string[]): Promise<Record<string, UnitFacts>> {
  for (const name of names) {
    if (/[*?[\]\s]/.test(name) || name.startsWith('-') || name === '') {
      throw new MigrateError('bug', `"${name}" is not the name of one unit.`);
    }
  }
  const asked = [...new Set(names)];
  const instances = asked.filter((name) => !/@(?:\.[^.]*)?$/.test(name));
  const facts = new Map<string, UnitFacts>(asked.map((name) => [name, NOT_FOUND]));
  if (instances.length > 0) {
    const argv = ['systemctl', '--no-pager', 'show', `--property=${PROPERTIES.join(',')}`, '--', ...instances];
    const { code, stdout, stderr } = await host.query(argv);
    if (code !== 0)
      throw new MigrateError('failed', `${host.name}: systemctl show: ${stderr.trim() || `exit code ${code}`}`);
    const units = parseUnitBlocks(stdout);
    if (units.length !== instances.length) {
      throw new MigrateError(
        'failed',
        `${host.name}: systemctl told of ${units.length} units, asked for ${instances.length}.`,
      );
    }
    // By position: an alias is answered with the Id of the unit it stands for.
    for (const [index, name] of instances.entries()) facts.set(name, units[index] ?? NOT_FOUND);
  }
  return Object.fromEntries(facts);
}

const NOT_FOUND: UnitFacts = {
  loadState: 'not-found',
  activeState: 'inactive',
  subState: 'dead',
  unitFileState: 'not-found',
  fragmentPath: '',
  dropInPaths: [],
  requires: [],
  wants: [],
  after: [],
  bindsTo: [],
  partOf: [],
  mainPid: 0,
  restarts: 0,
};
