import type { FlagAnswer, KubeletFlagRule } from './flag-rule.js';

/** How the kubelet, and the cAdvisor in it, reached Docker. */
export const flagsOfDocker: readonly KubeletFlagRule[] = [
  {
    flag: 'docker-endpoint',
    deprecated: '1.21',
    removed: '1.24',
    fate: 'goes',
    what: "dockerd's socket",
    becomes: 'gone',
    why: 'Only dockershim called it.',
    answer: (_value, { target }) =>
      target.kind === 'cri-dockerd'
        ? {
            outcome: 'converted',
            target: '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf --docker-endpoint',
            note: 'cri-dockerd takes over what dockershim did with it',
          }
        : gone('only dockershim called it'),
  },
  {
    flag: 'docker',
    alike: ['docker-root', 'docker-tls-ca', 'docker-tls-cert', 'docker-tls-key', 'docker-env-metadata-whitelist'],
    deprecated: '1.10',
    removed: '1.24',
    fate: 'goes',
    what: "how the kubelet's cAdvisor finds Docker's containers",
    becomes: 'gone',
    why: 'cAdvisor has nothing to look for there any more; a kubelet from 1.24 on does not start with them.',
    answer: () => gone("cAdvisor has none of Docker's containers to look for"),
  },
  {
    flag: 'docker-only',
    alike: ['docker-tls'],
    isBoolean: true,
    deprecated: '1.10',
    removed: '1.24',
    fate: 'goes',
    what: "that the kubelet's cAdvisor looks at Docker's containers alone, or by TLS",
    becomes: 'gone',
    why: "With it, cAdvisor would report none of the new runtime's containers.",
    answer: () => gone("cAdvisor has none of Docker's containers to look for"),
  },
  {
    flag: 'docker-disable-shared-pid',
    isBoolean: true,
    removed: '1.10',
    fate: 'goes',
    what: 'whether containers of a pod share their processes',
    becomes: 'gone: `shareProcessNamespace` of pods',
    why: 'Kubelets since 1.10 do not know it.',
    answer: () => gone('kubelets since 1.10 do not know it'),
  },
  {
    flag: 'docker-exec-handler',
    removed: '1.10',
    fate: 'goes',
    what: 'how commands were run in containers',
    becomes: 'gone',
    why: 'Kubelets since 1.10 do not know it.',
    answer: () => gone('kubelets since 1.10 do not know it'),
  },
];

const gone = (note: string): FlagAnswer => ({ outcome: 'not-needed', target: '', note });
