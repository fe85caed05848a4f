import { kinds } from './setting-kinds.js';
import { kubeletLogSize } from './kubelet-log-size.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingReading, SettingRule } from './setting-rule.js';

const OWN_ROTATION = {
  note: 'the kubelet rotates the logs of containers at 10 MiB and keeps five files: `kubectl logs` shows no more than the last of them',
  fix: 'set containerLogMaxSize and containerLogMaxFiles of the kubelet if that is too little',
} as const;

/** What the log driver is told; of it the kubelet takes over the rotation. */
export const logOptsRule: SettingRule<Readonly<Record<string, string>>> = {
  key: 'log-opts',
  flags: ['log-opt'],
  ...kinds.texts,
  what: "the log driver's options: sizes, labels, addresses",
  docs: {
    containerd: {
      outcome: 'kubelet',
      becomes:
        '`max-size` is `containerLogMaxSize` (`10m` is `10M`), `max-file` is `containerLogMaxFiles`, at least 2; others are lost, with a warning',
    },
    crio: {
      outcome: 'kubelet',
      becomes:
        '`max-size` is `containerLogMaxSize` (`10m` is `10M`), `max-file` is `containerLogMaxFiles`, at least 2; others are lost, with a warning',
    },
  },
  why: "Under the CRI the kubelet rotates logs, by default five files of 10 MiB, where Docker's grow without end. Docker counts in thousands, and the kubelet would take `10m` for a hundredth of a byte. Rotated files are compressed in any case.",
  read: (options) => {
    const parts = Object.entries(options).map(([name, value]) => partReading(name, value));
    const rotated = Object.keys(options).includes('max-size');
    return rotated
      ? parts
      : [
          ...parts,
          {
            part: '.max-size',
            value: null,
            outcome: 'warning',
            target: `${NEW_PLACES.kubelet} containerLogMaxSize`,
            ...OWN_ROTATION,
          },
        ];
  },
};

function partReading(name: string, value: string): SettingReading {
  switch (name) {
    case 'max-size':
      return sizeReading(value);
    case 'max-file':
      return filesReading(value);
    case 'compress':
      return {
        ...{ part: '.compress', value, outcome: value === 'false' ? 'warning' : 'not-needed', target: '' },
        note: 'the kubelet compresses rotated logs in any case',
        ...(value === 'false' ? { fix: 'see that what reads rotated logs reads compressed ones' } : {}),
      };
    case 'mode':
    case 'max-buffer-size':
      return {
        ...{ part: `.${name}`, value, outcome: value === 'blocking' ? 'not-needed' : 'warning', target: '' },
        note: 'a container that writes faster than its log is written waits, and no line is dropped',
        ...(value === 'blocking' ? {} : { fix: 'see whether an application must never wait for its log' }),
      };
    default:
      return {
        ...{ part: `.${name}`, value, outcome: 'warning', target: '' },
        note: /^(?:labels|env|tag)/.test(name)
          ? 'log lines carry no such labels any more: they say time, stream and text'
          : 'it is for a log driver, and under the CRI there is none',
        fix: 'let the agent that collects /var/log/pods add what is needed',
      };
  }
}

function sizeReading(value: string): SettingReading {
  const base = { part: '.max-size', value, target: `${NEW_PLACES.kubelet} containerLogMaxSize` } as const;
  const size = kubeletLogSize(value);
  if (size !== undefined) {
    return {
      ...{ ...base, outcome: 'kubelet' },
      note: `the kubelet rotates logs at ${size} bytes, the same size`,
      intent: (intent) => ({ ...intent, kubeletFields: { ...intent.kubeletFields, containerLogMaxSize: size } }),
    };
  }
  if (value.trim() === '' || Number(value) === -1) return { ...base, outcome: 'warning', ...OWN_ROTATION };
  return {
    ...{ ...base, outcome: 'refused', target: '' },
    note: 'it is no size, and Docker starts no container with it',
    fix: 'write a size such as 10m, or remove it',
  };
}

function filesReading(value: string): SettingReading {
  const base = { part: '.max-file', value, target: `${NEW_PLACES.kubelet} containerLogMaxFiles` } as const;
  if (!/^\d+$/.test(value) || Number(value) < 1) {
    return {
      ...{ ...base, outcome: 'refused', target: '' },
      note: 'it is no number above zero, and Docker starts no container with it',
      fix: 'write a number such as 3, or remove it',
    };
  }
  const files = Math.max(2, Number(value));
  return {
    ...{ ...base, outcome: 'kubelet' },
    note:
      value === '1'
        ? 'the kubelet keeps two files of each log, for it knows no fewer'
        : `the kubelet keeps ${files} files of each log`,
    intent: (intent) => ({ ...intent, kubeletFields: { ...intent.kubeletFields, containerLogMaxFiles: files } }),
  };
}
