import type { AnyStepKind } from '../core/step.js';
import { annotateNode } from './annotate-node.js';
import { carryImages } from './carry-images.js';
import { cordon } from './cordon.js';
import { drain } from './drain.js';
import { keepPackage } from './keep-package.js';
import { maskDocker } from './mask-docker.js';
import { prepareKernel } from './prepare-kernel.js';
import { proveDockerEmpty } from './prove-docker-empty.js';
import { proveNodeReady } from './prove-node-ready.js';
import { proveParity } from './prove-parity.js';
import { provePods } from './prove-pods.js';
import { proveSandbox } from './prove-sandbox.js';
import { removeDockerPods } from './remove-docker-pods.js';
import { startKubelet } from './start-kubelet.js';
import { startRuntime } from './start-runtime.js';
import { stopForeign } from './stop-foreign.js';
import { stopKubelet } from './stop-kubelet.js';
import { uncordon } from './uncordon.js';
import { writeFile } from './write-file.js';

/** Every kind of step that a playbook can name. */
export const stepKinds: readonly AnyStepKind[] = [
  keepPackage,
  writeFile,
  prepareKernel,
  startRuntime,
  carryImages,
  proveSandbox,
  proveParity,
  cordon,
  drain,
  stopKubelet,
  stopForeign,
  removeDockerPods,
  maskDocker,
  startKubelet,
  proveNodeReady,
  annotateNode,
  provePods,
  proveDockerEmpty,
  uncordon,
];
