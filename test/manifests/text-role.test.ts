import { describe, expect, it } from 'vitest';
import { textRole } from '../../src/manifests/text-role.js';

describe('textRole', () => {
  it.each([
    ['unit', '# drop-in\n[Unit]\nAfter=docker.service\n\n[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd://\n'],
    ['unit', '[Timer]\nOnCalendar=daily\n'],
    ['script', '#!/bin/sh\ndocker ps\n'],
    ['script', 'set -euo pipefail\ndocker ps\n'],
    ['script', 'if [ -S /var/run/docker.sock ]; then\n  docker ps\nfi\n'],
    ['script', 'cleanup() {\n  docker system prune -af\n}\ncleanup\n'],
    ['crontab', 'SHELL=/bin/sh\nPATH=/usr/bin:/bin\n# m h\n0 3 * * * root docker system prune -af\n'],
    ['crontab', '*/5 * * * mon-fri docker ps\n'],
    ['crontab', '@daily docker image prune -f\n'],
    ['environment', 'DOCKER_OPTS="--bip 10.0.0.1/24"\nexport HTTP_PROXY=http://proxy:3128\n'],
    ['environment', 'KUBELET_KUBEADM_ARGS="--container-runtime=remote \\\n  --cgroup-driver=systemd"\n'],
    ['environment', 'ARGS=$(OTHER) --x\nB="$(C)"\n'],
    ['script', 'ID=$(docker ps -q)\nNAME=`hostname`\n'],
    ['script', "alias k=kubectl\nalias dps='docker ps'\n"],
    ['config', 'input {\n  file { path => "/var/lib/docker/containers/*/*.log" }\n}\n'],
    ['config', 'version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "pause"\n'],
    ['config', '[INPUT]\n    Name tail\n    Path /var/log/containers/*.log\n'],
    ['config', '<source>\n  @type tail\n</source>\n'],
    ['config', '@type tail\n<match **>\n  @type stdout\n</match>\n'],
    ['config', '<?xml version="1.0"?>\n<jenkins>\n</jenkins>\n'],
    ['unknown', '# Title\n\nRun docker with care.\n'],
    ['unknown', '#cloud-config\nruncmd:\n  - docker ps\n'],
    ['unknown', 'kind: Pod\nmetadata:\n  name: x\n'],
    ['unknown', '<html>\n<body>docker</body>\n</html>\n'],
    ['unknown', ''],
    ['unknown', 'FROM docker:dind\nRUN docker --version\n'],
  ])('says %s', (role, text) => {
    expect(textRole(text)).toBe(role);
  });

  it('judges a line of megabytes by its beginning', () => {
    const started = performance.now();
    textRole(`A=${'x '.repeat(5_000_000)}`);
    textRole(' '.repeat(10_000_000));
    textRole('* '.repeat(5_000_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
