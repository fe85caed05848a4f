import type { UnitFacts } from '../core/inventory.js';

/** Reads what `systemctl show` prints for several units: `Key=value` lines, an empty line between two units. */
export function parseUnitBlocks(output: string): UnitFacts[] {
  const blocks = output.split(/\n{2,}/).filter((block) => block.trim() !== '');
  return blocks.map((block) => {
    const properties = new Map(
      block.split('\n').map((line): [string, string] => {
        const at = line.indexOf('=');
        return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    const text = (key: string): string => properties.get(key) ?? '';
    const words = (key: string): string[] =>
      text(key)
        .split(' ')
        .filter((word) => word !== '');
    // systemd before 235 knows no NRestarts, and units that are no services have neither it nor a MainPID.
    const count = (key: string): number => Number.parseInt(text(key), 10) || 0;
    return {
      loadState: text('LoadState'),
      activeState: text('ActiveState'),
      subState: text('SubState'),
      unitFileState: text('UnitFileState') || (text('LoadState') === 'not-found' ? 'not-found' : ''),
      fragmentPath: text('FragmentPath'),
      dropInPaths: words('DropInPaths'),
      // systemd keeps these in hash tables and prints them in another order each time.
      requires: words('Requires').sort(),
      wants: words('Wants').sort(),
      after: words('After').sort(),
      bindsTo: words('BindsTo').sort(),
      partOf: words('PartOf').sort(),
      mainPid: count('MainPID'),
      restarts: count('NRestarts'),
    };
  });
}
