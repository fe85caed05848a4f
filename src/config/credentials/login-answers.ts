import type { SettingAnswer } from '../../core/conversion.js';
import type { JsonObject } from '../text/strict-json.js';
import type { DockerLogin } from './docker-login.js';
import { isObject } from './docker-login.js';

export interface LoginAnswersInput {
  readonly source: string;
  /** The kubelet's own file. */
  readonly path: string;
  readonly login: DockerLogin;
  /** The entries that are copied. */
  readonly auths: Readonly<Record<string, JsonObject>>;
  /** The kubelet finds the source by itself. */
  readonly found: boolean;
}

/** What becomes of each part of root's `docker login`; of credentials it shows the names of their keys alone. */
export function loginAnswers({ source, path, login, auths, found }: LoginAnswersInput): readonly SettingAnswer[] {
  const ofRegistries = Object.entries(login.auths).map(([registry, entry]): SettingAnswer => {
    const row = { source, key: `auths.${registry}`, value: Object.keys(entry) };
    if (typeof entry['identitytoken'] === 'string' && entry['identitytoken'] !== '') {
      const note = 'the kubelet does not use tokens: pulls for pods go without these credentials, as before';
      return { ...row, outcome: 'warning', target: '', note };
    }
    if (found)
      return {
        ...row,
        outcome: 'not-needed',
        target: source,
        note: 'the kubelet has the home /root and reads it there',
      };
    if (registry in auths) {
      return {
        ...row,
        outcome: 'kubelet',
        target: `${path} auths.${registry}`,
        note: 'the kubelet hands them to the runtime with each pull',
      };
    }
    if (Object.keys(entry).length === 0) {
      return {
        ...row,
        outcome: 'warning',
        target: '',
        note: 'the credentials are in a store that the kubelet does not read',
      };
    }
    return {
      ...row,
      outcome: 'not-needed',
      target: path,
      note: "the kubelet's own file has credentials for it, which stay",
    };
  });
  return [...ofRegistries, ...Object.entries(login.others).map(([key, value]) => ofOther(source, key, value))];
}

function ofOther(source: string, key: string, value: JsonObject[string]): SettingAnswer {
  switch (key) {
    case 'credsStore':
    case 'credHelpers': {
      const note =
        'the kubelet calls no helpers of Docker: it has image credential providers, and pods have imagePullSecrets';
      return { source, key, value, outcome: 'warning', target: '', note };
    }
    case 'HttpHeaders': {
      const names = isObject(value) ? Object.keys(value) : [];
      const note = 'headers that the docker command sent; no pull for a pod had them, and none will';
      return { source, key, value: names, outcome: 'not-needed', target: '', note };
    }
    default:
      // Values are left out: nothing says that none of them is a secret.
      return {
        source,
        key,
        value: '…',
        outcome: 'not-needed',
        target: '',
        note: 'a setting of the docker command, for no pod',
      };
  }
}
