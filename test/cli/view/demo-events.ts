/**
 * Plays a scripted migration to a view, to look at it by hand:
 *
 *     npx tsx test/cli/view/demo-events.ts success|rollback|drain|interrupt|needs-hands [plain] [speed]
 */
import { pathToFileURL } from 'node:url';
import type { EngineEvent, NodeResult, StepStatus } from '../../../src/core/events.js';

/** An event, and how long the engine was busy before it told it. */
export interface Cue {
  readonly afterMs: number;
  readonly event: EngineEvent;
}

type Step = readonly [id: string, title: string, ms: number, progress?: readonly string[]];

const STAGE: readonly Step[] = [
  ['stage/keep-package', 'Keep containerd 1.6.20 from being removed with Docker', 900],
  ['stage/prepare-kernel', 'Load overlay and br_netfilter, set the sysctls of pod networks', 200],
  ['stage/write-file/etc/containerd/config.toml', 'Write /etc/containerd/config.toml', 150],
  ['stage/start-runtime', 'Start containerd with its CRI plugin', 1300],
  [
    'stage/carry-images',
    'Carry 14 images from Docker over to containerd',
    5200,
    [
      'listing what is in use',
      '3 of 14 images, 212 MB of 1.1 GB',
      '9 of 14 images, 700 MB of 1.1 GB',
      '14 of 14 images, 1.1 GB of 1.1 GB',
    ],
  ],
  ['stage/prove-runtime', 'Run a sandbox with the node’s own network, and remove it', 800],
];
const VACATE: readonly Step[] = [
  ['vacate/cordon', 'Cordon w1', 60],
  [
    'vacate/drain',
    'Drain 6 pods',
    6000,
    [
      'evicting 6 pods',
      'waiting for 3 pods: shop/cart-0 (30 s grace), shop/web-6f9d (budget shop/web allows none: 2 of 2 needed), shop/web-77aa',
      'waiting for shop/web-6f9d: budget shop/web allows none, 2 healthy of 2 needed; asking again in 5 s',
      'waiting for shop/web-6f9d to end',
    ],
  ],
];
const SWITCH: readonly Step[] = [
  ['switch/stop-kubelet', 'Stop the kubelet', 300],
  [
    'switch/stop-containers',
    'Stop and remove 9 pod containers in Docker',
    2100,
    ['stopping kube-proxy-x2x9', 'stopping kube-flannel-ds-8k2p'],
  ],
  ['switch/mask-docker', 'Stop and mask docker.service and docker.socket', 700],
  ['switch/write-file/var/lib/kubelet/kubeadm-flags.env', 'Write /var/lib/kubelet/kubeadm-flags.env', 90],
  ['switch/write-file/etc/crictl.yaml', 'Write /etc/crictl.yaml', 60],
  [
    'switch/start-kubelet',
    'Start the kubelet on unix:///run/containerd/containerd.sock',
    2500,
    ['waiting for the kubelet to answer on port 10248: connection refused'],
  ],
];
const PROVE: readonly Step[] = [
  ['prove/node-ready', 'See w1 Ready on containerd', 2600, ['w1 is not Ready: container runtime network not ready']],
  [
    'prove/pods',
    'See the 4 DaemonSet and static pods run again',
    1900,
    ['waiting for kube-system/kube-flannel-ds-8k2p: ContainerCreating'],
  ],
];
const GIVE_BACK: readonly Step[] = [['give-back/uncordon', 'Uncordon w1', 70]];

const START_KUBELET_FAILED =
  'The kubelet of w1 did not become healthy within 60 s: http://127.0.0.1:10248/healthz: connection refused\n' +
  'kubelet.service: failed to run Kubelet: failed to parse kubelet flag: unknown flag: --container-runtime-endpiont';

const BECAUSE = `Start the kubelet on unix:///run/containerd/containerd.sock: ${START_KUBELET_FAILED}`;

const results: { id: string; phase: string; status: StepStatus; ms: number }[] = [];

function run(
  phase: string,
  [id, title, ms, progress = []]: Step,
  status: StepStatus = 'done',
  message?: string,
): Cue[] {
  results.push({ id, phase, status, ms });
  const slice = ms / (progress.length + 1);
  return [
    { afterMs: 0, event: { type: 'step-started', phase, id, title } },
    ...(id === 'switch/stop-kubelet' && status === 'done' ? [tell({ type: 'dark' })] : []),
    ...progress.map((text): Cue => ({ afterMs: slice, event: { type: 'step-progress', id, text } })),
    ...(id === 'prove/node-ready' ? [tell({ type: 'light', darkMs: 7120 })] : []),
    {
      afterMs: slice,
      event: { type: 'step-finished', phase, id, title, status, ms, ...(message === undefined ? {} : { message }) },
    },
  ];
}

const opened = (phase: string, title: string, steps: readonly Step[]): Cue => ({
  afterMs: 0,
  event: { type: 'phase-started', phase, title, steps: steps.map(([id, stepTitle]) => ({ id, title: stepTitle })) },
});
const closed = (phase: string, ok = true): Cue => ({ afterMs: 0, event: { type: 'phase-finished', phase, ok } });
const tell = (event: EngineEvent): Cue => ({ afterMs: 0, event });

const stage = (): Cue[] => [
  opened('stage', 'Prepare containerd while w1 serves on Docker', STAGE),
  ...STAGE.flatMap((step, index) => run('stage', step, index === 1 ? 'unneeded' : 'done')),
  closed('stage'),
];
const vacate = (): Cue[] => [
  opened('vacate', 'Move the pods away', VACATE),
  ...VACATE.flatMap((step) => run('vacate', step)),
  tell({
    type: 'warning',
    text: 'shop/cart-0 had an emptyDir volume; its data are gone, as --delete-emptydir-data allows.',
  }),
  closed('vacate'),
];
const switched = (brokenAt?: string): Cue[] => {
  const cues = [opened('switch', 'Switch the kubelet to containerd', SWITCH)];
  for (const step of SWITCH) {
    const broken = step[0] === brokenAt;
    cues.push(...run('switch', step, broken ? 'failed' : 'done', broken ? START_KUBELET_FAILED : undefined));
    if (broken) return cues;
  }
  return [...cues, closed('switch')];
};
const undone = (steps: readonly Step[]): Cue[] =>
  [...steps].reverse().flatMap((step) => run('rollback', [step[0], step[1], step[2] / 3], 'undone'));

const finished = (outcome: NodeResult['outcome'], darkMs: number | null, errors: readonly string[] = []): Cue =>
  tell({
    type: 'finished',
    result: {
      node: 'w1',
      outcome,
      from: 'docker://20.10.24',
      to: 'containerd://1.6.20',
      steps: results.splice(0),
      darkMs,
      warnings: [],
      errors,
    },
  });

/** The scripts, each a whole run of the engine. */
export const demoScripts = {
  success: (): readonly Cue[] => [
    ...stage(),
    ...vacate(),
    ...switched(),
    opened('prove', 'Prove that w1 works on containerd', PROVE),
    ...PROVE.flatMap((step) => run('prove', step)),
    closed('prove'),
    opened('give-back', 'Give w1 back to the scheduler', GIVE_BACK),
    ...GIVE_BACK.flatMap((step) => run('give-back', step)),
    closed('give-back'),
    finished('migrated', 7120),
  ],
  rollback: (): readonly Cue[] => [
    ...stage(),
    ...vacate(),
    ...switched('switch/start-kubelet'),
    tell({ type: 'rollback-started', because: BECAUSE }),
    ...undone([...STAGE, ...VACATE, ...SWITCH].filter(([id]) => id !== 'stage/prepare-kernel')),
    tell({ type: 'light', darkMs: 11_400 }),
    finished('rolled-back', null, [BECAUSE]),
  ],
  drain: (): readonly Cue[] => [
    ...stage(),
    opened('vacate', 'Move the pods away', VACATE),
    ...VACATE.slice(0, 1).flatMap((step) => run('vacate', step)),
    ...run('vacate', [
      'vacate/drain',
      'Drain 6 pods',
      90_000,
      [
        ...(VACATE[1]?.[3] ?? []),
        ...Array.from(
          { length: 12 },
          (_, index) =>
            `waiting for shop/web-6f9d: budget shop/web allows none, 2 healthy of 2 needed; asked ${index + 2} times`,
        ),
      ],
    ]),
    closed('vacate'),
    finished('stopped', null),
  ],
  interrupt: (): readonly Cue[] => [
    ...stage(),
    opened('vacate', 'Move the pods away', VACATE),
    tell({ type: 'step-started', phase: 'vacate', id: 'vacate/cordon', title: 'Cordon w1' }),
    finished('interrupted', null),
  ],
  'needs-hands': (): readonly Cue[] => [
    ...switched('switch/start-kubelet'),
    tell({ type: 'rollback-started', because: BECAUSE }),
    ...run(
      'rollback',
      ['switch/mask-docker', 'Stop and mask docker.service and docker.socket', 400],
      'failed',
      'docker.service on w1 did not start within 30 s: failed to start daemon: devicemapper is gone',
    ),
    finished('needs-hands', null, [BECAUSE, 'docker.service on w1 did not start within 30 s']),
  ],
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [name = 'success', ...more] = process.argv.slice(2);
  const script = demoScripts[name as keyof typeof demoScripts];
  const speed = Number(more.find((word) => /^[\d.]+$/.test(word)) ?? 1);
  const { liveView } = await import('../../../src/cli/view/live-view.js');
  const { plainView } = await import('../../../src/cli/view/plain-view.js');
  const view = more.includes('plain') ? plainView(process.stderr) : liveView(process.stderr, { color: true });
  for (const { afterMs, event } of script()) {
    await new Promise((resolve) => setTimeout(resolve, afterMs / speed));
    view.sink(event);
  }
  await view.finish();
}
