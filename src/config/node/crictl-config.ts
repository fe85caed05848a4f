import { understood, type Parsed } from '../text/parsed.js';
import { editYaml } from '../text/yaml-edit.js';

export const CRICTL_CONFIG = '/etc/crictl.yaml';

/** crictl's configuration for an endpoint; an administrator's other settings and comments stay. */
export function crictlConfig(existing: string | undefined, endpoint: string): Parsed<string> {
  if (existing === undefined || existing.trim() === '') {
    return understood(`runtime-endpoint: ${endpoint}\nimage-endpoint: ${endpoint}\ntimeout: 10\n`);
  }
  return editYaml(existing, { 'runtime-endpoint': endpoint, 'image-endpoint': endpoint });
}
