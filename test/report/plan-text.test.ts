import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.js';
import { displayWidth } from '../../src/report/display-width.js';
import { planText } from '../../src/report/plan-text.js';
import { POISON, poisoned, steering } from './poisoned.js';
import { blockedNode, doneNode, planOf, readyNode } from './sample-plan.js';

const plain = { color: false, width: 80 };

describe('planText', () => {
  it('reads as the golden file', async () => {
    await expect(planText(planOf(readyNode, blockedNode, doneNode), plain)).toMatchFileSnapshot(
      '../golden/report/plan.txt',
    );
  });

  it('says first what the plan comes to, and last that nothing was changed and what comes next', () => {
    const lines = planText(planOf(readyNode), plain).trimEnd().split('\n');
    expect(lines[0]).toBe('w1  docker://20.10.24 → containerd://1.6.20   kubelet 1.21.2');
    expect(lines[1]).toBe('  ready to migrate: 11 steps, 2 files to write, 1 warning');
    expect(lines.slice(-2)).toEqual([
      'Nothing was changed: this is only a plan.',
      'next: migrate node w1 --target containerd --delete-emptydir-data',
    ]);
  });

  it('puts blockers before what is undecided, and that before warnings', () => {
    const text = planText(planOf(blockedNode), plain);
    const order = ['blocker  foreign', 'undecided  registry', 'warning  empty-dir', 'stage  '].map((word) =>
      text.indexOf(word),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text).toContain(
      '      do: Keep Docker running for them with --keep-docker, or stop them with\n          --stop-foreign.',
    );
  });

  it('names no command for a blocked node', () => {
    const text = planText(planOf(blockedNode), plain);
    expect(text).toContain('next: clear what blocks, then plan again.');
    expect(text).not.toContain('migrate node');
  });

  it('names the file that the plan was saved to', () => {
    expect(planText(planOf(readyNode), { ...plain, planFile: 'w1.json' })).toContain(
      'next: migrate node w1 --plan w1.json\n',
    );
  });

  it('leaves out the closing where it is shown to be confirmed', () => {
    const text = planText(planOf(readyNode), { ...plain, closing: false });
    expect(text).toMatch(/1 file already as planned, not shown\.\n$/);
    expect(text).not.toMatch(/Nothing was changed|next:/);
  });

  it('repeats in the next command what was decided about foreign containers', () => {
    const plan = planOf(readyNode);
    const text = planText({ ...plan, options: { ...plan.options, foreign: 'keep-docker' } }, plain);
    expect(text).toContain('migrate node w1 --target containerd --keep-docker');
  });

  it('shows new files as added, changed ones as changed, and leaves out those that stay', () => {
    const text = planText(planOf(readyNode), plain);
    expect(text).toContain('--- /dev/null\n+++ /etc/containerd/config.toml\n');
    expect(text).toContain('\n-KUBELET_KUBEADM_ARGS="--network-plugin=cni');
    expect(text).not.toContain('+++ /etc/crictl.yaml');
    expect(text).toContain('1 file already as planned, not shown.');
  });

  it('shows a change of the last line break', () => {
    const after = 'a\nb';
    const change = {
      path: '/f',
      sha256: sha256(after),
      mode: 0o644,
      before: { sha256: 'old', content: 'a\nb\n' },
      why: '',
    };
    const plan = { ...planOf({ ...readyNode, files: [change] }), contents: { [sha256(after)]: after } };
    expect(planText(plan, plain)).toContain('-b\n+b\n\\ No newline at end of file\n');
  });

  it('refuses a plan that does not carry a text it is to write', () => {
    expect(() => planText({ ...planOf(readyNode), contents: {} }, plain)).toThrow(
      'The plan does not carry the text of /etc/containerd/config.toml',
    );
  });

  it.each([40, 60, 80])('folds what it says at %i columns, and breaks no word', (width) => {
    const text = planText(planOf(readyNode, blockedNode), { color: false, width });
    const said = text.split('\n').filter((line) => /^ {4,}\S/.test(line));
    expect(said.length).toBeGreaterThan(25);
    const tooWide = said.filter(
      (line) => displayWidth(line) > width && line.replace(/^ +(\d+\. |do: )?/, '').includes(' '),
    );
    expect(tooWide).toEqual([]);
    expect(text).toContain('/var/lib/kubelet/kubeadm-flags.env');
  });

  it('has colours only where they are wanted', () => {
    const colored = planText(planOf(readyNode), { ...plain, color: true });
    expect(colored).toContain('\u001b[32m+version = 2\u001b[39m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(planText(planOf(readyNode), plain));
  });

  it('lets no name, message or file steer the terminal', () => {
    const plan = poisoned(planOf(blockedNode, readyNode), ['sha256', 'verdict', 'level']);
    const contents = Object.fromEntries(Object.entries(planOf().contents).map(([key, text]) => [key, text + POISON]));
    const text = planText({ ...plan, contents }, plain);
    expect(steering(text)).toEqual([]);
    expect(text).toContain('w2x\\x1b[2J');
    expect(text).not.toMatch(/^fake: ok/m);
  });
});
