import type { RuntimeTarget } from '../runtime-intent.js';
import { PROXY_DROP_IN, RUNTIME_UNITS, runtimeDropIn, SERVICE_DROP_IN } from '../systemd/runtime-drop-ins.js';
import type { EnvironmentValue } from '../systemd/unit-environment-values.js';
import type { ServiceReading } from './service-reading.js';

/** What becomes of a variable that dockerd is started with. Proxies may hold passwords, so no sentence repeats a value. */
export function variableReading(variable: EnvironmentValue, target: RuntimeTarget): readonly ServiceReading[] {
  const { name, value } = variable;
  const base = { entry: variable, key: name, value };
  if (/^(?:https?|no)_proxy$/i.test(name)) {
    if (value === '') return [{ ...base, outcome: 'not-needed', target: '', note: 'it is empty' }];
    const note = /^no/i.test(name)
      ? 'the same registries are reached without a proxy'
      : 'images are pulled through the same proxy';
    return [
      {
        ...base,
        outcome: 'systemd',
        target: `${runtimeDropIn(target, PROXY_DROP_IN)} ${name}`,
        note,
        proxy: { name, value },
      },
    ];
  }
  if (name === 'SSL_CERT_FILE' || name === 'SSL_CERT_DIR') {
    const directive = { section: 'Service', key: 'Environment', value: `${name}=${value}` } as const;
    return [
      {
        ...{ ...base, outcome: 'systemd', directives: [directive] },
        target: `${runtimeDropIn(target, SERVICE_DROP_IN)} Environment`,
        note: 'registries are trusted by the same certificates',
      },
    ];
  }
  const moot = Object.entries(MOOT).find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'i').test(name))?.[1];
  if (moot !== undefined) return [{ ...base, outcome: 'not-needed', target: '', note: moot }];
  return [
    {
      ...{ ...base, outcome: 'warning', target: '' },
      note: 'the new runtime is started without this variable',
      fix: `set it in a drop-in of ${RUNTIME_UNITS[target.kind]}, if the runtime needs it`,
    },
  ];
}

/** By name: why no other runtime needs it. */
const MOOT: Readonly<Record<string, string>> = {
  DOCKER_RAMDISK: "it lets runc work where Docker's root is a RAM disk, and the new runtime has its own setting for it",
  'all_proxy|ftp_proxy': 'dockerd itself does not go by it',
  'DOCKER_(?:TMPDIR|CERT_PATH|HOST|TLS_VERIFY|CONTENT_TRUST.*|CONFIG|MIN_API_VERSION|API_VERSION|OPTS|[A-Z_]+)':
    'it is for Docker and its client alone',
  'GO(?:GC|DEBUG|TRACEBACK|MAXPROCS|MEMLIMIT)': "it tunes dockerd's own process",
  'OPTIONS|ADD_REGISTRY|BLOCK_REGISTRY|INSECURE_REGISTRY': 'the command line of dockerd does not use it',
  'PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR': "it is for dockerd's own process",
};
