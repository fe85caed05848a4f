import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const loggingDriver: Gate = {
  id: 'logging-driver',
  title: 'Docker logs to files',
  why: "Docker's logging drivers send what containers write to journald, syslog, a collector. A CRI runtime writes to files under /var/log/pods and nowhere else.",
  links: ['https://kubernetes.io/docs/concepts/cluster-administration/logging/#how-nodes-handle-container-logs'],
  leavingDocker: true,
  check: ({ inventory: { docker } }) => {
    if (!docker.known) return [notKnown("Docker's logging driver", docker.why)];
    const { loggingDriver: driver } = docker.value;
    if (driver === 'json-file') return [];
    return [
      {
        level: 'warning',
        message: `Docker sends the logs of containers to ${driver}; after the migration they lie in files under /var/log/pods and go nowhere`,
        fix: 'have an agent read /var/log/pods before the node is migrated, if these logs are needed',
      },
    ];
  },
};
