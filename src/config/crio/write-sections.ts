import type { TomlValue } from 'smol-toml';
import { writeToml } from '../text/toml-writer.js';

/** A table with its header as it is to stand in the file; an empty header for what stands before all tables. */
export interface TomlSection {
  readonly header: string;
  /** In the order in which they are to be written. */
  readonly entries: readonly (readonly [key: string, value: TomlValue])[];
}

/** Writes tables one after the other without indentation, as CRI-O and containers/image write theirs. */
export const writeSections = (sections: readonly TomlSection[]): string =>
  sections
    .map(({ header, entries }) => {
      const lines = entries.map(([key, value]) => writeToml({ [key]: value }, { keyQuote: '"' })).join('');
      return header === '' ? lines : `${header}\n${lines}`;
    })
    .join('\n');

/** A part of a header: bare where TOML allows it. */
export const headerKey = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));
