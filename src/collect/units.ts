import { MigrateError } from '../core/errors.js';
import type { UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import { RUNTIME_UNITS } from './runtime-units.js';

const PROPERTIES = [
  ...['LoadState', 'ActiveState', 'SubState', 'UnitFileState', 'FragmentPath', 'DropInPaths'],
  ...['Requires', 'Wants', 'After', 'BindsTo', 'PartOf', 'MainPID', 'NRestarts'],
];

export async function collectUnits(host: ReadHost): Promise<Record<string, UnitFacts>> {
  const output = await ask(host, ['systemctl', 'show', `--property=${PROPERTIES.join(',')}`, '--', ...RUNTIME_UNITS]);
  const blocks = output.trim().split(/\n\n+/);
  // The answers come in the order of the questions; a unit's Id may be another one's, of which it is an alias.
  if (blocks.length !== RUNTIME_UNITS.length) {
    throw new MigrateError(
      'failed',
      `systemctl show on ${host.name} told of ${blocks.length} units, not of ${RUNTIME_UNITS.length}`,
    );
  }
  return Object.fromEntries(RUNTIME_UNITS.map((unit, index) => [unit, unitFacts(blocks[index] ?? '')]));
}

function unitFacts(block: string): UnitFacts {
  const properties = new Map(
    block.split('\n').map((line) => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
  const text = (name: string): string => properties.get(name) ?? '';
  const list = (name: string): string[] =>
    text(name)
      .split(' ')
      .filter((item) => item !== '');
  const loadState = text('LoadState');
  return {
    loadState,
    activeState: text('ActiveState'),
    subState: text('SubState'),
    unitFileState: text('UnitFileState') || (loadState === 'not-found' ? 'not-found' : ''),
    fragmentPath: text('FragmentPath'),
    dropInPaths: list('DropInPaths'),
    requires: list('Requires').sort(),
    wants: list('Wants').sort(),
    after: list('After').sort(),
    bindsTo: list('BindsTo').sort(),
    partOf: list('PartOf').sort(),
    mainPid: Number(text('MainPID') || 0), // a socket has none
    restarts: Number(text('NRestarts') || 0),
  };
}
