import { describe, expect, it } from 'vitest';
import { known } from '../../src/core/fact.js';
import { displayWidth } from '../../src/report/display-width.js';
import { inventoryText } from '../../src/report/inventory-text.js';
import { poisoned, steering } from './poisoned.js';
import { inventory, unreachable } from './sample-inventory.js';

const plain = { color: false, width: 80 };

describe('inventoryText', () => {
  it('reads as the golden file', async () => {
    await expect(inventoryText([inventory, unreachable], plain)).toMatchFileSnapshot('../golden/report/inventory.txt');
  });

  it('opens with a line for each node', () => {
    expect(inventoryText([inventory, unreachable], plain).split('\n').slice(0, 3)).toEqual([
      'NODE  KUBELET  TALKS TO    RUNTIME            FOREIGN  UNKNOWN',
      'w1    1.21.2   dockershim  docker://20.10.24  2        1',
      'w2    1.21.2   ?           docker://20.10.24  ?        11',
    ]);
  });

  it('tells which runtime the kubelet uses and how that is known', () => {
    expect(inventoryText([inventory], plain)).toContain(
      'kubelet     1.21.2 talks to dockershim at unix:///var/run/dockershim.sock\n              known from /proc/812/cmdline\n',
    );
  });

  it('tells Docker’s containers apart, and names those that Kubernetes does not own', () => {
    const text = inventoryText([inventory], plain);
    expect(text).toContain('2 of Kubernetes, 1 running\n');
    expect(text).toContain('1 of Compose, 1 running: mail_db_1 of mail (postgres:13, running)');
    expect(text).toContain('1 plain, 1 running: registry (registry:2, running)');
  });

  it('says of every fact that is not known why, once for each reason', () => {
    const text = inventoryText([unreachable], { ...plain, width: Infinity });
    expect(text).toContain(
      'os, packages, units, kubelet, cni, kernel, disks, files, containerd, docker, migrations: ssh to w2 was refused',
    );
    expect(text.match(/refused/g)).toHaveLength(1);
  });

  it('does not take a host that was not looked at for one without sockets', () => {
    expect(inventoryText([unreachable], plain)).not.toContain('no sockets');
    expect(inventoryText([{ ...inventory, criEndpoints: [] }], plain)).toContain('cri         no sockets');
  });

  it('shows a CRI endpoint that answers, with what it says is not well', () => {
    const status = known(
      {
        api: 'runtime.v1' as const,
        runtimeName: 'containerd',
        runtimeVersion: '1.6.20',
        conditions: [
          { type: 'RuntimeReady', status: true, reason: '', message: '' },
          { type: 'NetworkReady', status: false, reason: 'NetworkPluginNotReady', message: 'cni config uninitialized' },
        ],
        info: {},
        sandboxes: [],
        containers: [],
        images: [],
        imageFilesystems: [],
      },
      'the CRI',
    );
    const text = inventoryText([{ ...inventory, criEndpoints: [{ endpoint: 'unix:///a.sock', status }] }], {
      ...plain,
      width: 200,
    });
    expect(text).toContain(
      'unix:///a.sock: containerd 1.6.20 (runtime.v1), no sandboxes, no images, not NetworkReady: cni config uninitialized',
    );
  });

  it('fits 80 columns whatever the names', () => {
    const text = inventoryText([{ ...inventory, name: `${'long-'.repeat(20)}node` }, unreachable], plain);
    expect(
      text
        .split('\n')
        .slice(0, 3)
        .map(displayWidth)
        .every((width) => width <= 80),
    ).toBe(true);
    expect(text).toContain('…');
  });

  it('says so when there are no nodes', () => expect(inventoryText([], plain)).toBe('No nodes.\n'));

  it('lets no name, message or file steer the terminal', () => {
    const text = inventoryText([poisoned(inventory), poisoned(unreachable)], plain);
    expect(text).toContain('\\x1b[2J');
    expect(steering(text)).toEqual([]);
    expect(text).not.toMatch(/^fake: ok/m);
  });
});
