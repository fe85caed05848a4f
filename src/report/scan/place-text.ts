import type { Finding } from '../../core/finding.js';
import { printable } from '../printable.js';
import { objectName } from './object-name.js';

/** `deploy/agent.yaml:12:7`, as editors and terminals open it; of a live object its name. */
export function placeText({ file, line, column, object }: Finding): string {
  if (file === undefined) return objectName(object);
  const place = [file, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])];
  return printable(place.join(':'));
}
