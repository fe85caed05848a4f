import { TomlDate, type TomlValue } from 'smol-toml';
import { shortDuration } from './short-duration.js';
import { isTable } from '../text/toml-writer.js';

/** The items of a value for comparison: directories without a slash at the end, Go's durations as short as they can be. */
export function settingTexts(value: TomlValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(settingTexts);
  if (isTable(value)) return [];
  const text = value instanceof TomlDate ? value.toISOString() : String(value);
  return [shortDuration(text.replace(/(?<=.)\/$/, ''))];
}
