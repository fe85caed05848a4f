import type { Agent } from './agent.js';
import { chaos } from './chaos.js';
import { cloudMonitoring } from './cloud-monitoring.js';
import { clusterLifecycle } from './cluster-lifecycle.js';
import { continuousIntegration } from './continuous-integration.js';
import { dashboards } from './dashboards.js';
import { imageTools } from './image-tools.js';
import { logging } from './logging.js';
import { loggingServices } from './logging-services.js';
import { metrics } from './metrics.js';
import { monitoringServices } from './monitoring-services.js';
import { networking } from './networking.js';
import { platforms } from './platforms.js';
import { security } from './security.js';
import { storage } from './storage.js';
import { workflows } from './workflows.js';

/** Every product whose tie to Docker is known. */
export const agents: readonly Agent[] = [
  ...monitoringServices,
  ...cloudMonitoring,
  ...metrics,
  ...logging,
  ...loggingServices,
  ...security,
  ...continuousIntegration,
  ...workflows,
  ...platforms,
  ...imageTools,
  ...dashboards,
  ...networking,
  ...storage,
  ...clusterLifecycle,
  ...chaos,
];
