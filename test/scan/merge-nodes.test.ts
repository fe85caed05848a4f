import { describe, expect, it } from 'vitest';
import type { Found } from '../../src/scan/found.js';
import { mergeNodes } from '../../src/scan/merge-nodes.js';

const found = (name: string, rest: Partial<Found> = {}): Found => ({
  ruleId: 'node-runtime-docker',
  severity: 'error',
  confidence: 'definite',
  message: `Node ${name} runs its pods in Docker.`,
  object: { kind: 'Node', name },
  evidence: 'docker://20.10.24',
  fix: 'Move the node.',
  ...rest,
});

describe('mergeNodes', () => {
  it('makes one of what is true of all nodes', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `w-${String(index).padStart(4, '0')}`);
    const [one, ...others] = mergeNodes(names.toReversed().map((name) => found(name)));
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      object: { kind: 'Node', name: 'w-0000' },
      message:
        'Node w-0000 runs its pods in Docker. The same holds for 4,999 other nodes: w-0001, w-0002, w-0003 and others.',
      fix: 'Move the node.',
    });
    expect(one?.members).toEqual(names);
  });

  it('names all of a few', () => {
    const [two] = mergeNodes(['b', 'a'].map((name) => found(name)));
    expect(two?.message).toBe('Node a runs its pods in Docker. The same holds for node b.');
    const [four] = mergeNodes(['a', 'b', 'c', 'd'].map((name) => found(name)));
    expect(four?.message).toBe('Node a runs its pods in Docker. The same holds for 3 other nodes: b, c and d.');
  });

  it('says when a command is to be given with another name', () => {
    const fix = (name: string) => ({ fix: `Run \`kubectl annotate node ${name} a=b\`.` });
    const [one] = mergeNodes(['w1', 'w2'].map((name) => found(name, fix(name))));
    expect(one?.fix).toBe('Run `kubectl annotate node w1 a=b`. The same for the other nodes, each by its name.');
  });

  it.each([
    ['evidence', { evidence: 'docker://19.3.15' }],
    ['severity', { severity: 'warning' }],
    ['rule', { ruleId: 'node-cri-dockerd' }],
    ['sentence', { message: 'Node b runs its pods in Docker by cri-dockerd.' }],
    ['suppression', { suppressed: { by: 'annotation', reason: 'known' } }],
  ] as const)('keeps what differs in %s apart', (_, rest) => {
    expect(mergeNodes([found('a'), found('b', rest)])).toEqual([found('a'), found('b', rest)]);
  });

  it('does not mistake a part of a word for the name', () => {
    const volumes = ['w1', 'w2'].map((name) => found(name, { message: `Node ${name} has ${name}-data.` }));
    expect(mergeNodes(volumes)).toHaveLength(2);
    const nested = [
      found('w1', { message: 'Node w1 is w1.example.com.' }),
      found('w2', { message: 'Node w2 is w1.example.com.' }),
    ];
    expect(mergeNodes(nested)).toHaveLength(1);
  });

  it('leaves single nodes, their files and other objects as they are', () => {
    const others = [
      found('a', { file: 'a:/etc/docker/daemon.json', line: 1, column: 1 }),
      found('b', { file: 'b:/etc/docker/daemon.json', line: 1, column: 1 }),
      found('web', { object: { kind: 'Deployment', namespace: 'shop', name: 'web' } }),
      found('web', { object: { kind: 'Deployment', namespace: 'shop', name: 'web-2' } }),
      found('c', { evidence: 'x' }),
    ];
    expect(mergeNodes(others)).toEqual(others);
  });
});
