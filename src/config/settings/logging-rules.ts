import type { RuntimeIntent } from '../runtime-intent.js';
import { kinds } from './setting-kinds.js';
import { unlessOff } from './unless-off.js';
import { logOptsRule } from './log-opts-rule.js';
import { metricsRule } from './metrics-rule.js';
import { mootRule } from './moot-rule.js';
import { NEW_PLACES } from './new-places.js';
import type { AnySettingRule, SettingContext, SettingRule } from './setting-rule.js';

const logDriver: SettingRule<string> = {
  key: 'log-driver',
  flags: ['log-driver'],
  ...kinds.text,
  what: 'where the output of containers goes',
  docs: {
    containerd: { outcome: 'warning', becomes: 'files below `/var/log/pods` in any case, in the format of the CRI' },
    crio: {
      outcome: 'warning',
      becomes: 'files below `/var/log/pods` in any case; `log_to_journald` writes to the journal as well',
    },
  },
  why: '`kubectl logs` never worked with another driver than json-file. Under the CRI there are files and nothing else, which agents have to read; a line says its time, its stream and its text instead of JSON.',
  read: (value, { target }) => {
    if (value === 'json-file') {
      return [
        {
          ...{ part: '', value, outcome: 'not-needed', target: '' },
          note: 'logs are files below /var/log/pods in any case, in the format of the CRI instead of JSON',
        },
      ];
    }
    return [
      {
        ...{ part: '', value, outcome: 'warning', target: '' },
        note:
          value === 'none'
            ? 'the output of containers is written to files below /var/log/pods from now on'
            : `no logs go to ${value} any more: they are files below /var/log/pods`,
        fix:
          value === 'none'
            ? 'see that the disk has room for it'
            : target.kind === 'crio' && value === 'journald'
              ? 'set log_to_journald = true in [crio.runtime], or collect /var/log/pods with an agent on each node'
              : 'collect /var/log/pods with an agent on each node',
      },
    ];
  },
};

const LEVELS: Readonly<Record<string, string>> = {
  ...{ trace: 'trace', debug: 'debug', info: 'info', warn: 'warn', warning: 'warn' },
  ...{ error: 'error', fatal: 'fatal', panic: 'fatal' },
};

const levelTarget = ({ target }: SettingContext): string =>
  target.kind === 'crio' ? `${NEW_PLACES.crio} crio.runtime.log_level` : `${NEW_PLACES.containerd} debug.level`;

const LEVEL_DOCS: SettingRule<never>['docs'] = {
  containerd: { outcome: 'converted', becomes: '`[debug] level`' },
  crio: { outcome: 'converted', becomes: '`log_level`' },
};

const debug: SettingRule<boolean> = {
  key: 'debug',
  flags: ['debug', 'D'],
  ...kinds.boolean,
  what: 'the daemon tells more',
  docs: LEVEL_DOCS,
  why: "It counts more than `log-level`. It is the daemon's log, not the containers'.",
  read: unlessOff((value, context) => [
    {
      ...{ part: '', value, outcome: 'converted', target: levelTarget(context) },
      note: 'the new runtime logs at the level debug',
      intent: (intent) => ({ ...intent, logLevel: 'debug' }),
    },
  ]),
};

const logLevel: SettingRule<string> = {
  key: 'log-level',
  flags: ['log-level', 'l'],
  ...kinds.text,
  what: 'how much the daemon tells',
  docs: LEVEL_DOCS,
  why: "It is the daemon's log, not the containers'.",
  read: (value, context) => {
    const level = Object.hasOwn(LEVELS, value.toLowerCase()) ? LEVELS[value.toLowerCase()] : undefined;
    if (level === undefined) {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'it is no level, and dockerd does not start with it',
          fix: 'write debug, info, warn, error or fatal',
        },
      ];
    }
    if (level === 'info') return [{ part: '', value, outcome: 'not-needed', target: '', note: 'it is the default' }];
    const patch = (intent: RuntimeIntent): RuntimeIntent =>
      // `debug: true` counts more, wherever it stands.
      intent.logLevel === 'debug' ? intent : { ...intent, logLevel: level };
    return [
      {
        ...{ part: '', value, outcome: 'converted', target: levelTarget(context), intent: patch },
        note: `the new runtime logs at the level ${level}, unless debug is on`,
      },
    ];
  },
};

const logFormat: SettingRule<string> = {
  key: 'log-format',
  flags: ['log-format'],
  since: '25.0',
  ...kinds.text,
  what: 'how the daemon writes its own log',
  docs: {
    containerd: { outcome: 'converted', becomes: '`[debug] format`' },
    crio: { outcome: 'warning', becomes: 'lost: only the flag `--log-format` of CRI-O says it' },
  },
  why: "It is the daemon's log, not the containers'.",
  read: (value, { target }) => {
    if (value === 'text') return [{ part: '', value, outcome: 'not-needed', target: '', note: 'it is the default' }];
    if (value !== 'json') {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'it is no format, and dockerd does not start with it',
          fix: 'write text or json',
        },
      ];
    }
    if (target.kind === 'crio') {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: 'CRI-O writes its own log as text, for its configuration has no key for it',
          fix: 'start CRI-O with --log-format=json by a drop-in of crio.service where it matters',
        },
      ];
    }
    return [
      {
        ...{ part: '', value, outcome: 'converted', target: `${NEW_PLACES.containerd} debug.format` },
        note: 'containerd writes its own log as JSON',
        intent: (intent) => ({ ...intent, logFormat: 'json' }),
      },
    ];
  },
};

/** Logs of containers, and what the daemon tells of itself. */
export const loggingRules: readonly AnySettingRule[] = [
  logDriver,
  logOptsRule,
  debug,
  logLevel,
  logFormat,
  metricsRule,
  mootRule({
    key: 'raw-logs',
    kind: kinds.boolean,
    what: "the daemon's log without colours",
    note: "it is the daemon's own log; the journal keeps the new runtime's",
  }),
];
