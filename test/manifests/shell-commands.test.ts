import { describe, expect, it } from 'vitest';
import { shellCommands } from '../../src/manifests/shell-commands.js';
import type { TextRole } from '../../src/manifests/views.js';

/** Each command on a line; `host:` before one that leaves the container. */
function run(text: string, role: TextRole = 'script'): string[] {
  return shellCommands(text, role).map(({ words, onHost }) => (onHost ? 'host: ' : '') + words.join(' '));
}

describe('commands of a script', () => {
  it.each<[string, readonly string[]]>([
    ['docker ps; docker rm x && docker pull y || true', ['docker ps', 'docker rm x', 'docker pull y', 'true']],
    ['docker ps | grep web & wait', ['docker ps', 'grep web', 'wait']],
    ['# docker ps\necho "docker ps" # docker rm', ['echo docker ps']],
    ['echo a#b', ['echo a#b']],
    ['DOCKER_HOST=tcp://x:2375 A= docker ps', ['docker ps']],
    ['X=docker', []],
    ['LIST=(docker ps)\nls', ['ls']],
    ['docker \\\n  run \\\r\n  web', ['docker run web']],
    [`docker run -e "A=b c" 'd e' f\\ g`, ['docker run -e A=b c d e f g']],
    ['docker ps >/dev/null 2>&1 </dev/null', ['docker ps']],
    ['docker logs x &>/tmp/log', ['docker logs x']],
    ['if ! docker info; then systemctl restart docker; fi', ['docker info', 'systemctl restart docker']],
    ['for c in docker crictl; do $c ps; done', ['$c ps']],
    ['while docker ps; do sleep 1; done', ['docker ps', 'sleep 1']],
    ['until [ -S /run/docker.sock ]; do sleep 1; done', ['[ -S /run/docker.sock ]', 'sleep 1']],
    ['case "$R" in docker|podman) docker ps;; (*) crictl ps;; esac; ls', ['docker ps', 'crictl ps', 'ls']],
    ['clean() { docker rm x; }\nfunction f { docker rmi y; }', ['docker rm x', 'docker rmi y']],
    ['[[ -S /run/docker.sock && docker > x ]] && docker ps', ['docker ps']],
    ['( cd /x && docker build . )', ['cd /x', 'docker build .']],
    ['a=$((1 << 2)); docker ps', ['docker ps']],
    ['echo ${A:-docker ps}', ['echo ${A:-docker ps}']],
    ["alias dps='docker ps' k=kubectl", ['docker ps', 'kubectl']],
    ['while read c; do docker rm $c; done < <(docker ps -q)', ['read c', 'docker rm $c', 'docker ps -q']],
  ])('%j', (text, expected) => {
    expect(run(text)).toEqual(expected);
  });

  it('looks into substitutions, also in double quotes and not in single ones', () => {
    expect(run('docker rm $(docker ps -aq)')).toEqual(['docker rm $(docker ps -aq)', 'docker ps -aq']);
    expect(run('echo "$(docker info)" `docker version`')).toContain('docker info');
    expect(run('echo "$(docker info)" `docker version`')).toContain('docker version');
    expect(run(`echo '$(docker info)'`)).toEqual(['echo $(docker info)']);
  });

  it.each<[string, string]>([
    ['sudo docker ps', 'docker ps'],
    ['sudo -n -u root A=b /usr/bin/docker ps', '/usr/bin/docker ps'],
    ['nohup docker ps', 'docker ps'],
    ['time -p docker ps', 'docker ps'],
    ['timeout -k 5 10s docker ps', 'docker ps'],
    ['env -i A=b docker ps', 'docker ps'],
    ['exec docker ps', 'docker ps'],
    ['nice -n 19 ionice -c 3 docker ps', 'docker ps'],
    ['xargs -r -n 1 docker rm', 'docker rm'],
    ['watch -n 5 "docker ps"', 'docker ps'],
    ['command docker ps', 'docker ps'],
    ['su - jenkins -c "docker ps"', 'docker ps'],
    ['runuser -u jenkins -- docker ps', 'docker ps'],
    ['flock -n /tmp/lock docker ps', 'docker ps'],
    ['tini -- docker ps', 'docker ps'],
    ['bash -euo pipefail -c "docker ps"', 'docker ps'],
    ['/bin/sh -c "sudo docker ps"', 'docker ps'],
    [`eval docker ps`, 'docker ps'],
    [`trap 'docker rm x' EXIT`, 'docker rm x'],
    ['kubectl exec -it web -c app -- docker ps', 'docker ps'],
    ['cmd /c docker ps', 'docker ps'],
    ['powershell -Command docker ps', 'docker ps'],
  ])('%j runs %j', (text, expected) => {
    const [command] = shellCommands(text, 'script');
    expect(run(text)).toEqual([expected]);
    expect(command?.name).toBe('docker');
    expect(command?.onHost).toBe(false);
  });

  it('looks into find -exec', () => {
    expect(run('find / -exec docker rm {} \\; -o -exec ls {} +').slice(1)).toEqual(['docker rm {}', 'ls {}']);
  });

  it.each([
    ['ssh node1 docker ps'],
    ['echo docker ps'],
    ['printf "docker ps"'],
    ['command -v docker'],
    ['which docker'],
    ['bash docker-start.sh'],
    ['kubectl get pods -l docker'],
  ])('%j runs no docker', (text) => {
    expect(shellCommands(text, 'script').map(({ name }) => name)).not.toContain('docker');
  });

  it.each([
    ['chroot /host docker ps', true],
    ['chroot --userspec=0:0 /host sh -c "docker ps"', true],
    ['nsenter -t 1 -m -u -n -i -- docker ps', true],
    ['nsenter --target 1 --all docker ps', true],
    ['nsenter -mnt 1 docker ps', true],
    ['nsenter --mount=/host/proc/1/ns/mnt -- docker ps', true],
    ['nsenter -t 1 -n docker ps', false],
    ['nsenter -t 4711 -m docker ps', false],
  ])('%j leaves the container: %s', (text, onHost) => {
    expect(shellCommands(text, 'script')).toMatchObject([{ name: 'docker', onHost }]);
  });

  it('knows a heredoc that is content from one that a shell runs', () => {
    expect(run('cat > /etc/x <<EOF\ndocker ps\nEOF\nls')).toEqual(['cat', 'ls']);
    expect(run('cat <<EOF\n$(docker ps)\nEOF')).toEqual(['cat', 'docker ps']);
    expect(run(`cat <<'EOF'\n$(docker ps)\nEOF`)).toEqual(['cat']);
    expect(run('bash <<EOF\ndocker ps\nEOF\nls')).toEqual(['bash', 'docker ps', 'ls']);
    expect(run('cat <<-EOF | sudo sh\n\tdocker ps\n\tEOF\nls')).toEqual(['cat', 'sh', 'docker ps', 'ls']);
    expect(run('chroot /host <<EOF\ndocker ps\nEOF')).toEqual(['host: chroot /host', 'host: docker ps']);
    expect(run('cat <<EOF\nnever closed')).toEqual(['cat', 'never closed']);
  });

  it('tells where a command stands', () => {
    const text = 'set -e\nif true; then\n  sudo docker ps -a | grep x\nfi\nsh -c "docker pull y"\n';
    const shown = shellCommands(text, 'script').map(({ offset, length }) => text.slice(offset, offset + length));
    expect(shown).toEqual(['set -e', 'true', 'sudo docker ps -a', 'grep x', 'docker pull y']);
  });

  it('forgives what is never closed', () => {
    for (const text of [
      'docker ps "',
      "docker ps '",
      'docker $(ps',
      'docker `ps',
      'docker ${ps',
      'case x in',
      ')',
      '((',
      '[[ a',
    ]) {
      expect(() => shellCommands(text, 'script')).not.toThrow();
    }
    expect(run('docker ps "never closed')).toEqual(['docker ps never closed']);
  });
});

describe('commands of other texts', () => {
  it('takes schedule and user off a crontab', () => {
    const text = [
      'SHELL=/bin/sh',
      '# 0 3 * * * root docker rm x',
      '0 3 * * * root docker system prune -f',
      '*/5 * * * 1-5 docker ps',
      '@daily /usr/bin/docker images',
      '0 1 * jan mon jenkins /usr/bin/docker rm y',
    ].join('\n');
    expect(run(text, 'crontab')).toEqual([
      'docker system prune -f',
      'docker ps',
      '/usr/bin/docker images',
      '/usr/bin/docker rm y',
    ]);
    const [first] = shellCommands(text, 'crontab');
    expect(text.slice(first?.offset ?? 0).startsWith('docker system prune')).toBe(true);
  });

  it('takes prefixes off a unit and joins its lines', () => {
    const text = [
      '[Service]',
      'Environment=CMD="docker ps"',
      'ExecStartPre=-/usr/bin/docker rm web',
      'ExecStart=!!/usr/bin/docker run \\',
      '  --rm web',
      `ExecStop = +/bin/sh -c 'docker stop web'`,
      'Description=docker run',
    ].join('\r\n');
    expect(run(text, 'unit')).toEqual(['/usr/bin/docker rm web', '/usr/bin/docker run --rm web', 'docker stop web']);
  });

  it.each<TextRole>(['config', 'environment', 'unknown'])('finds nothing in a text of the role %s', (role) => {
    expect(shellCommands('docker ps', role)).toEqual([]);
  });
});

describe('limits', () => {
  it.each([
    'docker ps; ',
    '"',
    "'",
    '`',
    '$(',
    '"$(',
    '((',
    '<<E\n',
    '${',
    '\\',
    '(',
    '=(',
    '[[ ',
    'case x in ',
    'f() { ',
  ])('goes over a million characters of %j in a moment', (part) => {
    const text = part.repeat(1_000_000 / part.length);
    const start = performance.now();
    expect(shellCommands(text, 'script').length).toBeLessThanOrEqual(100_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('commands in settings', () => {
  it.each<[string, readonly string[]]>([
    ['UserParameter=docker.running,docker ps -q | wc -l', ['docker ps -q', 'wc -l']],
    ['command[check_web]=/usr/bin/docker inspect web', ['/usr/bin/docker inspect web']],
    ['%ops ALL=(root) NOPASSWD: /usr/bin/docker ps', ['/usr/bin/docker ps']],
    ['deploy ALL = NOPASSWD: /usr/bin/docker', ['/usr/bin/docker']],
    ['Server=docker ps\n# UserParameter=x,docker ps\nALL=docker ps', []],
  ])('%j', (text, expected) => {
    expect(run(text, 'config')).toEqual(expected);
    expect(run(text, 'unknown')).toEqual(expected);
  });
});
