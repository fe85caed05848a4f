import { kinds } from './setting-kinds.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingRule } from './setting-rule.js';

/** Where the daemon serves its metrics. */
export const metricsRule: SettingRule<string> = {
  key: 'metrics-addr',
  flags: ['metrics-addr'],
  ...kinds.text,
  what: "where the daemon's metrics are served",
  docs: {
    containerd: { outcome: 'converted', becomes: '`[metrics] address`, with a warning: names and path are others' },
    crio: {
      outcome: 'converted',
      becomes: '`enable_metrics` and `metrics_port`, from 1.30 on `metrics_host`, with a warning: names are others',
    },
  },
  why: '`engine_daemon_*` has no counterpart of the same name: containerd serves `/v1/metrics`, CRI-O `container_runtime_crio_*`.',
  read: (value, { target }) => {
    if (!/:\d+$/.test(value)) {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'it is no address with a port',
          fix: 'write host:port',
        },
      ];
    }
    const crio = target.kind === 'crio';
    return [
      {
        ...{ part: '', value, outcome: 'converted' },
        target: crio ? `${NEW_PLACES.crio} crio.metrics` : `${NEW_PLACES.containerd} metrics.address`,
        note: 'the new runtime serves its metrics at the same address, and at a port of its own while Docker has this one',
        intent: (intent) => ({ ...intent, metricsAddress: value }),
      },
      {
        ...{ part: '', value, outcome: 'warning', target: '' },
        note: `no metrics named engine_daemon_* are served any more: ${crio ? 'those of CRI-O are container_runtime_crio_*' : 'those of containerd are container_runtime_* and others, at /v1/metrics'}`,
        fix: 'rewrite the dashboards, alerts and scrape configurations that read them',
      },
    ];
  },
};
