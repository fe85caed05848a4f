import { isMap, parseDocument } from 'yaml';
import { notUnderstood, understood, type Parsed } from '../text/parsed.js';

export const CRICTL_CONFIG = '/etc/crictl.yaml';

/** crictl's configuration for an endpoint; an administrator's other settings and comments stay. */
export function crictlConfig(existing: string | undefined, endpoint: string): Parsed<string> {
  if (existing === undefined || existing.trim() === '') {
    return understood(`runtime-endpoint: ${endpoint}\nimage-endpoint: ${endpoint}\ntimeout: 10\n`);
  }
  const document = parseDocument(existing);
  const [error] = document.errors;
  if (error !== undefined)
    return notUnderstood(error.linePos?.[0].line ?? 1, error.message.split(/ at line \d|\n/)[0] ?? '');
  if (document.contents !== null && !isMap(document.contents))
    return notUnderstood(1, 'it is no mapping of keys to values');
  if (document.get('runtime-endpoint') === endpoint && document.get('image-endpoint') === endpoint)
    return understood(existing);
  document.set('runtime-endpoint', endpoint);
  document.set('image-endpoint', endpoint);
  return understood(document.toString({ lineWidth: 0 }));
}
