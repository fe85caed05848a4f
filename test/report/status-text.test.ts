import { describe, expect, it } from 'vitest';
import type { MigrationStatus, NodeStatus } from '../../src/report/node-status.js';
import { statusText } from '../../src/report/status-text.js';
import { poisoned, steering } from './poisoned.js';

const plain = { color: false, width: 80 };
const migration = (more: Partial<MigrationStatus>): MigrationStatus => ({
  planId: 'w1-4f1c2a',
  outcome: 'open',
  since: '2024-03-01T02:10:00Z',
  rollingBack: false,
  guardArmed: false,
  nodeRolledBackByItself: false,
  ...more,
});
const node = (more: Partial<NodeStatus>): NodeStatus => ({
  node: 'w1',
  reachable: true,
  runtime: 'docker://20.10.24',
  ready: true,
  schedulable: true,
  ...more,
});

describe('statusText', () => {
  it('is one line for each node where there is nothing to do', () => {
    const done = migration({ outcome: 'migrated' });
    const statuses = [
      node({}),
      node({ node: 'worker-2', runtime: 'containerd://1.6.20', schedulable: false, migration: done }),
    ];
    expect(statusText(statuses, plain)).toBe(
      [
        'NODE      RUNTIME              READY  PODS         MIGRATION',
        'w1        docker://20.10.24    Ready  schedulable  none',
        'worker-2  containerd://1.6.20  Ready  cordoned     done',
        '',
      ].join('\n'),
    );
  });

  it('says of an open migration where it stands and how to go on', () => {
    const open = migration({
      phase: 'switch',
      step: 'Start the kubelet',
      lastFailure: 'kubelet.service failed',
      guardArmed: true,
    });
    const text = statusText([node({ ready: false, migration: open })], plain);
    expect(text).toContain('not Ready  schedulable  open in switch');
    expect(text).toContain('  Open since 2024-03-01T02:10:00Z, last step: Start the kubelet (switch).\n');
    expect(text).toContain('  Last failure: kubelet.service failed\n');
    expect(text).toContain('  The guard is armed: the node puts itself back if nobody goes on.\n');
    expect(text).toContain('  next: migrate resume w1  or  migrate rollback w1\n');
  });

  it('tells a node that rolled back by itself', () => {
    const back = migration({ outcome: 'rolled-back', nodeRolledBackByItself: true });
    const text = statusText([node({ migration: back })], { ...plain, width: 200 });
    expect(text).toContain('by the node itself, because the operator’s end had fallen silent.');
    expect(text).toContain('next: migrate plan w1');
  });

  it('leaves no way but back to a node that went back by itself, with the cordon still to be lifted', () => {
    const fired = { rollingBack: true, guardArmed: true, nodeRolledBackByItself: true };
    const text = statusText([node({ schedulable: false, migration: migration({ phase: 'switch', ...fired }) })], {
      ...plain,
      width: 200,
    });
    expect(text).toContain('cordoned  going back');
    expect(text).toContain('The node went back by itself, because the operator’s end had fallen silent.');
    expect(text).toContain('  next: migrate rollback w1\n');
    expect(text).not.toMatch(/resume|guard is armed/);
  });

  it('does not offer to resume a rollback that was cut off', () => {
    const text = statusText([node({ migration: migration({ rollingBack: true, step: 'Start Docker' }) })], plain);
    expect(text).toContain('On its way back since 2024-03-01T02:10:00Z, last step: Start Docker.');
    expect(text).toContain('  next: migrate rollback w1\n');
  });

  it('asks for hands where they are needed', () => {
    const text = statusText([node({ migration: migration({ outcome: 'needs-hands', step: 'Start Docker' }) })], {
      ...plain,
      width: 200,
    });
    expect(text).toContain('needs hands');
    expect(text).toContain('could not be put back; last step: Start Docker.');
    expect(text).toContain('next: migrate rollback w1');
  });

  it('does not take a host that is away for one without a migration', () => {
    const text = statusText([{ node: 'w4', reachable: false, why: 'ssh to w4: no route to host' }], plain);
    expect(text.split('\n')[1]).toBe('w4    ?        ?      ?     ?');
    expect(text).toContain('  The host does not answer: ssh to w4: no route to host\n');
  });

  it('lets no name or message steer the terminal', () => {
    const open = migration({ phase: 'switch', step: 'Start the kubelet', lastFailure: 'it broke' });
    const text = statusText([poisoned(node({ migration: open }), ['outcome'])], plain);
    expect(text).toContain('migrate resume w1x\\x1b[2J');
    expect(steering(text)).toEqual([]);
  });
});
