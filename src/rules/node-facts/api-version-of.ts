import type { ObjectView } from '../../manifests/views.js';
import { isRecord } from './is-record.js';

/** Of the document itself: one in a string of a ConfigMap is none of the ConfigMap's kind. Empty for a document without. */
export function apiVersionOf({ value, apiVersion }: Pick<ObjectView, 'value' | 'apiVersion'>): string {
  if (!isRecord(value)) return '';
  if (typeof value['apiVersion'] === 'string') return value['apiVersion'];
  // What a list of the API has in its items says neither version nor kind.
  return isRecord(value['metadata']) ? apiVersion : '';
}
