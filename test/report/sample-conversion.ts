import type { Conversion } from '../../src/core/conversion.js';
import { sha256 } from '../../src/core/digest.js';
import type { FileFacts } from '../../src/core/inventory.js';
import { configReport } from '../../src/report/config-report.js';
import { maskSecrets } from '../../src/core/secret-markers.js';
import { contents, manifests, settings } from './sample-plan.js';

export const MARKER = `SECRET-${sha256('/root/.docker/config.json').slice(0, 12)}-1`;

const [, configToml = ''] = Object.values(contents);

export const conversion: Pick<Conversion, 'files' | 'notices' | 'settings' | 'manifests'> = {
  files: [
    {
      group: 'kubelet',
      path: '/var/lib/kubelet/config.json',
      mode: 0o600,
      content: `{"auths": {"r.example": {"auth": "${MARKER}"}}}\n`,
      why: 'credentials of registries, where the kubelet finds them',
    },
    {
      group: 'kubelet',
      path: '/var/lib/kubelet/config.yaml',
      mode: 0o644,
      content: 'cgroupDriver: systemd\ncontainerLogMaxSize: 100M\n',
      why: 'what Docker did and the kubelet does from now on: containerLogMaxSize',
    },
    {
      group: 'runtime',
      path: '/etc/containerd/config.toml',
      mode: 0o644,
      content: configToml,
      why: 'the CRI of containerd',
    },
  ],
  settings: [
    ...settings,
    {
      source: '/root/.docker/config.json',
      key: 'auths',
      value: { 'r.example': MARKER },
      outcome: 'kubelet',
      target: '/var/lib/kubelet/config.json auths',
      note: '',
    },
  ],
  manifests,
  notices: [
    {
      gate: 'daemon-json',
      level: 'warning',
      message: `init of /etc/docker/daemon.json, line 9: ${settings.find(({ key }) => key === 'init')?.note ?? ''}`,
      fix: 'put tini into the images that need it, or share the process namespace',
    },
    { gate: 'assumed', level: 'warning', message: "no unit of the kubelet is there: kubeadm's is assumed", fix: '' },
  ],
};

export const refusal = {
  gate: 'daemon-json',
  level: 'blocker',
  message: '/etc/docker/daemon.json, line 3, is refused: "debug" is there twice',
  fix: 'correct the file, see that dockerd starts with it, and plan again',
} as const;

const fileOf = (content: string): FileFacts => ({
  exists: true,
  whole: true,
  mode: 0o644,
  content,
  sha256: sha256(content),
});

export const reportOf = (change: Partial<typeof conversion> = {}) =>
  configReport({
    from: 'w1-files',
    target: 'containerd 1.6',
    kubelet: '1.21.2',
    conversion: { ...conversion, ...change },
    files: { '/var/lib/kubelet/config.yaml': fileOf('cgroupDriver: systemd\n') },
    masked: maskSecrets,
  });
