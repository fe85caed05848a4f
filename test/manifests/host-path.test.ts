import { describe, expect, it } from 'vitest';
import { isDockerSocket, isInside, normalHostPath } from '../../src/manifests/host-path.js';

describe('normalHostPath', () => {
  it.each([
    ['/var/run/docker.sock', '/run/docker.sock'],
    ['/run/docker.sock', '/run/docker.sock'],
    ['//var//run///docker.sock/', '/run/docker.sock'],
    ['/var/./run/x/../docker.sock', '/run/docker.sock'],
    ['/var/run', '/run'],
    ['/var/run/', '/run'],
    ['/var/run/docker', '/run/docker'],
    ['/var/runner/docker.sock', '/var/runner/docker.sock'],
    ['/host/var/run/docker.sock', '/host/var/run/docker.sock'],
    ['/', '/'],
    ['//', '/'],
    ['/..', '/'],
    ['/a/.hidden', '/a/.hidden'],
    [' /var/run/docker.sock\n', '/run/docker.sock'],
    ['unix:///var/run/docker.sock', '/run/docker.sock'],
    ['file:///etc/docker/', '/etc/docker'],
    ['unix:/run/docker.sock', '/run/docker.sock'],
    ['relative/./path/', 'relative/path'],
    ['', ''],
  ])('%j is %j', (written, normal) => {
    expect(normalHostPath(written)).toBe(normal);
  });

  it.each([
    ['\\\\.\\pipe\\docker_engine'],
    ['//./pipe/docker_engine'],
    ['npipe:////./pipe/docker_engine'],
    ['npipe://\\\\.\\pipe\\docker_engine'],
    ['\\\\.\\PIPE\\Docker_Engine'],
  ])('%j is the pipe of Docker on Windows', (written) => {
    expect(normalHostPath(written)).toBe('\\\\.\\pipe\\docker_engine');
  });

  it.each([
    ['C:\\ProgramData\\docker\\containers\\', 'c:\\programdata\\docker\\containers'],
    ['c:/programdata//docker/.', 'c:\\programdata\\docker'],
    ['C:\\', 'c:\\'],
  ])('%j is %j', (written, normal) => {
    expect(normalHostPath(written)).toBe(normal);
  });

  it('does not change what is normal already', () => {
    for (const path of ['/run/docker.sock', 'c:\\programdata\\docker', '\\\\.\\pipe\\docker_engine', '/']) {
      expect(normalHostPath(path)).toBe(path);
    }
  });
});

describe('isDockerSocket', () => {
  it.each([
    ['/run/docker.sock', true],
    ['/run/user/1000/docker.sock', true],
    ['/var/dind/docker.sock', true],
    ['\\\\.\\pipe\\docker_engine', true],
    ['/run/mydocker.sock', false],
    ['/run/docker.sock.bak', false],
    ['/run/dockerXsock', false],
    ['/run/cri-dockerd.sock', false],
    ['/run/containerd/containerd.sock', false],
    ['/run', false],
  ])('%s: %s', (path, expected) => {
    expect(isDockerSocket(path)).toBe(expected);
  });
});

describe('isInside', () => {
  it.each([
    ['/run/docker.sock', '/run', true],
    ['/run', '/run', true],
    ['/run/docker.sock', '/', true],
    ['/runner', '/run', false],
    ['/', '/run', false],
    ['c:\\programdata\\docker', 'c:\\programdata', true],
    ['c:\\programdata', 'c:\\', true],
  ])('%s in %s: %s', (path, directory, expected) => {
    expect(isInside(path, directory)).toBe(expected);
  });
});
