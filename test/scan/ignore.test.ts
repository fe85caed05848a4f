import { describe, expect, it } from 'vitest';
import { ignoreDirective } from '../../src/scan/ignore-directive.js';
import { scanOf } from './scan-of.js';

const pod = (annotations: string, comment: string, above = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: builder
  annotations: {${annotations}}
spec:
  containers:
  - name: build
    image: example.com/build:1
  volumes:
  - name: sock
    hostPath:${above}
      path: /var/run/docker.sock${comment}
`;

const suppressionsIn = (text: string): unknown[] =>
  scanOf(text)
    .found.filter(({ ruleId }) => ruleId === 'docker-sock')
    .map(({ suppressed }) => suppressed);

describe('ignoreDirective', () => {
  it('reads rules and a reason', () => {
    expect(ignoreDirective('docker-sock,docker-bin -- moves in May')).toEqual({
      rules: ['docker-sock', 'docker-bin'],
      reason: 'moves in May',
    });
    expect(ignoreDirective('all')).toEqual({ rules: ['*'], reason: '' });
  });

  it.each(['', '  ', '-- no rule', 'Docker Sock!'])('is none: %j', (text) => {
    expect(ignoreDirective(text)).toBeUndefined();
  });
});

describe('a finding', () => {
  it('stands when nothing is said', () => {
    expect(suppressionsIn(pod('', ''))).toEqual([undefined]);
  });

  it('is ignored by an annotation that names its rule', () => {
    expect(suppressionsIn(pod('dockershim-migrate.io/ignore: "docker-sock -- moves in May"', ''))).toEqual([
      { by: 'annotation', reason: 'moves in May' },
    ]);
  });

  it('is ignored by a comment on its line, or on lines of comments above it', () => {
    expect(suppressionsIn(pod('', ' # dockershim-migrate: ignore docker-sock -- a test double'))).toEqual([
      { by: 'comment', reason: 'a test double' },
    ]);
    const above = '\n      # dockershim-migrate: ignore all -- until June\n      # (ask the build team)';
    expect(suppressionsIn(pod('', '', above))).toEqual([{ by: 'comment', reason: 'until June' }]);
  });

  it('is not ignored by one that names another rule, nor by those of other tools', () => {
    const other = 'dockershim-migrate.io/ignore: docker-bin, ignore-check.kube-linter.io/docker-sock: known';
    expect(suppressionsIn(pod(other, ' # dockershim-migrate: ignore docker-log-dir'))).toEqual([undefined]);
  });
});
