import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { MigrationStatus, NodeStatus } from './node-status.js';
import { parityText } from './parity-text.js';
import { printable } from './printable.js';
import { tableText } from './table-text.js';
import type { TextOptions } from './text-options.js';
import { wrapText } from './wrap-text.js';

/** A table of nodes, then for each that is not simply done: where it stands and which command goes on. */
export function statusText(statuses: readonly NodeStatus[], options: TextOptions): string {
  const colors = pc.createColors(options.color);
  if (statuses.length === 0) return 'No nodes.\n';
  const rows = statuses.map((status) => [
    printable(status.node),
    printable(status.runtime ?? '?'),
    answer(status.ready, 'Ready', 'not Ready'),
    answer(status.schedulable, 'schedulable', 'cordoned'),
    migrationWord(status),
  ]);
  const [heading = '', ...body] = tableText(
    [['NODE', 'RUNTIME', 'READY', 'PODS', 'MIGRATION'], ...rows],
    options.width,
  );
  const lines = [colors.bold(heading), ...body];
  for (const status of statuses) {
    const details = statusDetails(status, options.width, colors);
    if (details.length > 0) lines.push('', colors.bold(printable(status.node)), ...details);
  }
  return `${lines.join('\n')}\n`;
}

const answer = (value: boolean | undefined, yes: string, no: string): string =>
  value === undefined ? '?' : value ? yes : no;

function migrationWord(status: NodeStatus): string {
  if (status.migration === undefined) return status.reachable ? 'none' : '?';
  switch (status.migration.outcome) {
    case 'open':
      if (status.migration.rollingBack) return 'going back';
      return `open${status.migration.phase === undefined ? '' : ` in ${printable(status.migration.phase)}`}`;
    case 'migrated':
      return 'done';
    case 'rolled-back':
      return 'rolled back';
    case 'needs-hands':
      return 'needs hands';
  }
}

function statusDetails(status: NodeStatus, width: number, colors: Colors): string[] {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(...wrapText(text, width, '  '));
  if (!status.reachable) say(`The host does not answer: ${status.why ?? 'no reason given'}`);
  else if (status.why !== undefined) say(status.why);
  const migration = status.migration;
  if (migration === undefined) return lines;

  const { outcome, step, phase, rollingBack, nodeRolledBackByItself } = migration;
  const lastStep = `${step === undefined ? 'no step begun' : `last step: ${printable(step)}`}${phase === undefined ? '' : ` (${printable(phase)})`}`;
  if (outcome === 'open' && nodeRolledBackByItself)
    say(
      'The node went back by itself, because the operator’s end had fallen silent. What needs the API server is left to do.',
    );
  else if (outcome === 'open')
    say(`${rollingBack ? 'On its way back' : 'Open'} since ${migration.since}, ${lastStep}.`);
  if (outcome === 'rolled-back')
    say(
      `Rolled back at ${migration.since}${migration.nodeRolledBackByItself ? ' by the node itself, because the operator’s end had fallen silent' : ''}.`,
    );
  if (outcome === 'needs-hands')
    say(
      `Stopped at ${migration.since} and could not be put back${step === undefined ? '' : `; last step: ${printable(step)}`}.`,
    );
  if (migration.lastFailure !== undefined && outcome !== 'migrated')
    say(`${outcome === 'rolled-back' ? 'Because' : 'Last failure'}: ${migration.lastFailure}`);
  if (migration.guardArmed && !nodeRolledBackByItself)
    say('The guard is armed: the node puts itself back if nobody goes on.');
  if (status.parity !== undefined) lines.push(...parityText(status.parity, width));
  const next = advice(status.node, migration);
  if (next !== undefined)
    lines.push(`  next: ${next.map((command) => colors.bold(printable(command))).join('  or  ')}`);
  return lines;
}

function advice(node: string, migration: MigrationStatus): string[] | undefined {
  switch (migration.outcome) {
    case 'open':
      if (migration.rollingBack) return [`migrate rollback ${node}`];
      return [`migrate resume ${node}`, `migrate rollback ${node}`];
    case 'needs-hands':
      return [`migrate rollback ${node}`];
    case 'rolled-back':
      return [`migrate plan ${node}`];
    case 'migrated':
      return undefined;
  }
}
