import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.js';
import { journalState, parseJournal } from '../../src/core/journal.js';
import { planPaths } from '../../src/core/node-paths.js';
import { guard } from '../../src/engine/guard.js';
import { undoScript, type ScriptedUndo } from '../../src/engine/undo-script.js';
import { fakeHost } from '../fakes/machine/fake-host.js';
import { standardWorld } from '../fakes/standard-world.js';

const PLAN = 'w1-0123456789ab';
const run = promisify(execFile);
let dir: string;
let server: Server;

const inside = (path: string): string => join(dir, path);
const put = async (path: string, content: string, mode = 0o644): Promise<void> => {
  await mkdir(dirname(inside(path)), { recursive: true });
  await writeFile(inside(path), content);
  await chmod(inside(path), mode);
};

/** Tools of the node that only note what they were called with. */
const NOTING = '#!/bin/sh\nprintf "%s" "${0##*/}" >>"$CALLS"\nprintf " %s" "$@" >>"$CALLS"\necho >>"$CALLS"\n';
const CTR = `${NOTING}case "$*" in *"containers ls"*) [ -e "$CALLS.removed" ] || printf 'pod1\\npod2\\n' ;; *"containers rm pod2"*) : >"$CALLS.removed" ;; esac\n`;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'undo-'));
  for (const tool of ['systemctl', 'docker', 'apt-mark']) await put(`bin/${tool}`, NOTING, 0o755);
  await put('bin/ctr', CTR, 0o755);
  await put('bin/sleep', '#!/bin/sh\n', 0o755);
  await put('state/x', '');
  await mkdir(inside(`state/${PLAN}/backup`), { recursive: true });
  await put(`state/${PLAN}/journal.jsonl`, '');
  server = createServer().listen(inside('containerd.sock'));
});

afterEach(async () => {
  server.close();
  await rm(dir, { recursive: true, force: true });
});

const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** The script as it lies on a node, its places moved into the sandbox. */
const moved = (script: string): string =>
  script
    .replaceAll('/var/lib/dockershim-migrate', inside('state'))
    .replaceAll('/run/dockershim-migrate', inside('run'))
    .replaceAll('/var/lib/cni', inside('cni'))
    .replaceAll('/run/containers', inside('containers'))
    .replace(/^PATH=.*$/m, `PATH=${inside('bin')}:/usr/bin:/bin`);

async function runScript(undos: readonly ScriptedUndo[]): Promise<{ code: number; stderr: string; calls: string[] }> {
  await put(`state/${PLAN}/rollback.sh`, moved(undoScript(PLAN, undos)));
  await put('calls', '');
  const env = { ...process.env, CALLS: inside('calls') };
  const { status, stderr } = spawnSync('sh', [inside(`state/${PLAN}/rollback.sh`)], { env, encoding: 'utf8' });
  const calls = (await readFile(inside('calls'), 'utf8')).split('\n').filter((line) => line !== '');
  return { code: status ?? -1, stderr, calls };
}

const journal = () => readFile(inside(`state/${PLAN}/journal.jsonl`), 'utf8');

const everything = (): ScriptedUndo[] => [
  {
    step: "switch/write-file//etc/it's here.conf",
    actions: [
      { do: 'restore-file', path: inside('etc/link.conf'), sha256: sha256('former\n'), mode: 0o640, ...own },
      { do: 'remove-file', path: inside("etc/it's new.conf") },
      { do: 'remove-directory', path: inside('etc/empty') },
      { do: 'remove-directory', path: inside('etc') },
      { do: 'systemctl', verb: 'daemon-reload', units: [] },
    ],
  },
  {
    step: 'switch/start-kubelet/kubelet.service',
    actions: [
      { do: 'remove-cri-pods', runtime: 'containerd', endpoint: `unix://${inside('containerd.sock')}` },
      {
        do: 'remove-images',
        runtime: 'containerd',
        endpoint: `unix://${inside('containerd.sock')}`,
        refs: ['registry.lab/app:1', '$(touch pwned)'],
      },
      { do: 'drop-docker-tags', refs: ['carried:1'] },
      { do: 'start-kubelet', unit: 'kubelet.service', runtime: 'docker://' },
      { do: 'run', argv: ['apt-mark', 'auto', 'containerd'], timeoutMs: 1000, mayFail: true },
    ],
  },
  { step: 'prove/annotate-node/x', actions: [{ do: 'annotate', key: 'k', value: 'v' }] },
];

async function prepare(): Promise<void> {
  await put(`state/${PLAN}/backup/${sha256('former\n')}`, 'former\n', 0o600);
  await put('etc/real.conf', 'changed\n', 0o644);
  await symlink('real.conf', inside('etc/link.conf'));
  await put("etc/it's new.conf", 'new\n');
  await mkdir(inside('etc/empty'));
  await put('cni/networks/lab/10.22.0.2', 'pod1\r\neth0');
  await put('cni/networks/lab/10.22.0.9', 'of another one\r\neth0');
}

describe('the rollback script', () => {
  test('is one that a POSIX shell understands', async () => {
    await put('script', undoScript(PLAN, everything()));
    await run('sh', ['-n', inside('script')]);
  });

  const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  test.skipIf(!shellcheck)('has nothing that shellcheck finds wrong', async () => {
    await put('script', undoScript(PLAN, everything()));
    // The ids that crictl and ctr list are meant to be split into words.
    const { stdout } = await run('shellcheck', [
      '--shell=sh',
      '--exclude=SC2016,SC2046,SC2086',
      inside('script'),
    ]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });

  test('gives everything back, through links and with its modes, and can be run again', async () => {
    await prepare();
    for (const round of ['once', 'twice']) {
      const { code, stderr } = await runScript(everything());
      expect({ round, code, stderr }).toEqual({ round, code: 0, stderr: '' });
      expect((await lstat(inside('etc/link.conf'))).isSymbolicLink()).toBe(true);
      expect(await readFile(inside('etc/real.conf'), 'utf8')).toBe('former\n');
      expect((await stat(inside('etc/real.conf'))).mode & 0o777).toBe(0o640);
      await expect(stat(inside("etc/it's new.conf"))).rejects.toThrow('ENOENT');
      await expect(stat(inside('etc/empty'))).rejects.toThrow('ENOENT');
      // One that is not empty stays.
      expect((await stat(inside('etc'))).isDirectory()).toBe(true);
    }
    await expect(stat(inside('pwned'))).rejects.toThrow('ENOENT');
  });

  test('ends the pods of the new runtime, gives their addresses back and restarts the kubelet, in this order', async () => {
    await prepare();
    const { calls } = await runScript(everything());
    const order = [
      'systemctl daemon-reload',
      'tasks kill',
      'containers rm pod1',
      'images rm',
      'systemctl restart kubelet.service',
    ];
    const places = order.map((what) => calls.findIndex((call) => call.includes(what)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    await expect(stat(inside('cni/networks/lab/10.22.0.2'))).rejects.toThrow('ENOENT');
    expect((await stat(inside('cni/networks/lab/10.22.0.9'))).isFile()).toBe(true);
  });

  describe('of a migration to CRI-O', () => {
    /** Nobody else's containers are in it, should this machine have any. */
    const NAMESPACE = 'of-undo-script-test';
    const [ours, other] = ['a'.repeat(64), 'b'.repeat(64)] as const;
    const removal = (endpoint: string): ScriptedUndo[] => [
      { step: 's', actions: [{ do: 'remove-cri-pods', runtime: 'crio', endpoint, namespace: NAMESPACE }] },
    ];

    beforeEach(async () => {
      // Watches until its standard input ends.
      await put('bin/conmon', '#!/bin/sh\nread -r _\n', 0o755);
      await put('bin/crun', `${NOTING}kill "$(cat "$CALLS.$4")"\n`, 0o755);
      for (const [id, namespace, address] of [
        [ours, NAMESPACE, '10.22.0.2'],
        [other, 'somebody-elses', '10.22.0.9'],
      ] as const) {
        await put(`cni/results/my-lab-${id}-eth0`, `{"cniArgs":[["K8S_POD_NAMESPACE","${namespace}"]],"result":{}}`);
        await put(`cni/networks/my-lab/${address}`, `${id}\r\neth0`);
        await mkdir(inside(`containers/storage/overlay-containers/${id}/userdata`), { recursive: true });
      }
    });

    const watched = async (id: string, namespace: string) => {
      const argv = ['-b', '/x', '-c', id, '-n', `k8s_app_web_${namespace}_uid_0`, '-r', inside('bin/crun')];
      const child = spawn(inside('bin/conmon'), [...argv, '--runtime-arg', '--root=/run/crun'], { stdio: 'pipe' });
      await put(`calls.${id}`, String(child.pid));
      return child;
    };

    test('ends its containers by what watches them, and gives their addresses back, without any client', async () => {
      const children = [await watched(ours, NAMESPACE), await watched(other, 'somebody-elses')];
      try {
        const { code, stderr, calls } = await runScript(removal('unix:///no/such/crio.sock'));
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(calls).toEqual([`crun --root=/run/crun delete --force ${ours}`]);
        await expect(stat(inside('cni/networks/my-lab/10.22.0.2'))).rejects.toThrow('ENOENT');
        expect((await stat(inside('cni/networks/my-lab/10.22.0.9'))).isFile()).toBe(true);
      } finally {
        for (const child of children) child.kill('SIGKILL');
      }
    });

    test('asks CRI-O itself where there is a client', async () => {
      await put('bin/crictl', `${NOTING}case "$*" in *" pods -q "*) echo pod1 ;; esac\n`, 0o755);
      const { calls } = await runScript(removal(`unix://${inside('containerd.sock')}`));
      const client = `crictl --runtime-endpoint unix://${inside('containerd.sock')}`;
      expect(calls).toEqual([
        `${client} pods -q --namespace ${NAMESPACE}`,
        `${client} stopp pod1`,
        `${client} rmp pod1`,
      ]);
    });
  });

  test('takes the pods of cri-dockerd out of Docker', async () => {
    await put('bin/docker', `${NOTING}case "$1" in ps) printf 'one\\ntwo\\n' ;; esac\n`, 0o755);
    const { calls } = await runScript([
      { step: 's', actions: [{ do: 'remove-cri-pods', runtime: 'cri-dockerd', endpoint: 'unix:///x.sock' }] },
    ]);
    expect(calls).toEqual([
      'docker ps -aq --filter label=io.kubernetes.docker.type',
      'docker rm --force one',
      'docker rm --force two',
    ]);
  });

  test('forgets the failure of a unit, where there is one to forget', async () => {
    await put('bin/systemctl', `${NOTING}exit 1\n`, 0o755);
    const { code, calls } = await runScript([
      { step: 's', actions: [{ do: 'systemctl', verb: 'reset-failed', units: ['crio.service'] }] },
    ]);
    expect({ code, calls }).toEqual({ code: 0, calls: ['systemctl reset-failed crio.service'] });
  });

  test('notes what it undid, after a torn line too, and leaves open what needs the API server', async () => {
    await prepare();
    await put(
      `state/${PLAN}/journal.jsonl`,
      '{"at":"2024-05-01T12:00:00.000Z","event":"guard","state":"armed"}\n{"at":"2024-05-01T12:00:01.000Z","event":"appl',
    );
    await runScript(everything());
    const state = journalState(parseJournal(await journal()));
    expect(state.rollingBack).toBe(true);
    expect([...state.steps].map(([id, { state: how }]) => [id, how])).toEqual([
      ["switch/write-file//etc/it's here.conf", 'undone'],
      ['switch/start-kubelet/kubelet.service', 'undone'],
    ]);
  });

  test('goes on after something that fails, and says so in the end', async () => {
    await prepare();
    await rm(inside(`state/${PLAN}/backup/${sha256('former\n')}`));
    await put('bin/systemctl', `${NOTING}exit 1\n`, 0o755);
    const { code, calls, stderr } = await runScript(everything());
    expect(code).toBe(1);
    expect(stderr).toContain('failed: systemctl restart kubelet.service');
    expect(await readFile(inside('etc/real.conf'), 'utf8')).toBe('changed\n');
    expect(calls.at(-1)).toBe('apt-mark auto containerd');
  });
});

describe('the guard', () => {
  /** Runs it with a heartbeat of an age. */
  async function watch(ageS: number | 'none'): Promise<string> {
    const world = await standardWorld('shared');
    const machine = world.machine('w1');
    const watcher = guard(fakeHost(machine), PLAN);
    await watcher.arm([{ step: 's', actions: [{ do: 'systemctl', verb: 'daemon-reload', units: [] }] }]);
    await watcher.disarm();
    const { guardScript, rollbackScript } = planPaths(PLAN);
    for (const [name, path] of [['guard.sh', guardScript] as const, ['rollback.sh', rollbackScript] as const]) {
      await put(`state/${PLAN}/${name}`, moved(machine.files.text(path) ?? ''));
    }
    await put('calls', '');
    if (ageS !== 'none') {
      await put('run/heartbeat', '');
      const then = Date.now() / 1000 - ageS;
      await utimes(inside('run/heartbeat'), then, then);
    }
    const env = { ...process.env, CALLS: inside('calls') };
    await run('sh', ['-n', inside(`state/${PLAN}/guard.sh`)]);
    await run('sh', [inside(`state/${PLAN}/guard.sh`)], { env });
    await run('sh', [inside(`state/${PLAN}/guard.sh`)], { env });
    return readFile(inside('calls'), 'utf8');
  }

  test('does nothing as long as somebody is there', async () => {
    expect(await watch(100)).toBe('');
    expect(await journal()).toBe('');
  });

  test.each([130, 'none'] as const)('rolls the node back, once, when the heartbeat is %s seconds old', async (age) => {
    expect(await watch(age)).toBe('systemctl daemon-reload\n');
    const [first] = parseJournal(await journal());
    expect(first).toMatchObject({
      event: 'rollback-started',
      because: 'the node heard nothing from the operator for 120 s',
    });
    expect((await stat(inside(`state/${PLAN}/guard-fired/done`))).isFile()).toBe(true);
  });
});
