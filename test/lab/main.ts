import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Lab } from './lab.js';
import { labId } from './lab-id.js';
import type { NodeSpec } from './node-spec.js';
import { openLab } from './open-lab.js';

const USAGE = `usage: [LAB_ID=N] tsx test/lab/main.ts COMMAND
  up                      start the control plane; prints the kubeconfig's path
  node NAME [OPTION...]   add a node, and wait until it is Ready on dockershim
      --cgroup-driver cgroupfs|systemd   --containerd default|docker-ce   --daemon-json FILE
      --crio   --cri-dockerd   --control-plane   --no-wait
  ssh NAME [COMMAND...]   a shell, or one command, on a node
  ssh-config              print the OpenSSH client configuration of the nodes
  kubectl ARGS...         kubectl as the cluster's administrator
  push NAME DIR IMAGE     make an image from a folder in the node's Docker Engine
  fill NAME COUNT MB      give the node's Docker Engine COUNT images of MB megabytes
  populate NODES PODS     nodes and pods that exist in the API server only; stops the controllers
  reboot NAME             cut a node's power, and boot it
  kill NAME               cut a node's power
  boot NAME               boot a node that is off
  remove NAME             end a node and delete it
  status                  what runs
  down                    end everything, and delete it
`;

const id = labId();
const lab = openLab(id);
const [command = '', ...args] = process.argv.slice(2);
const [name = ''] = args;

try {
  await main();
} catch (error) {
  console.error(`lab ${id}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  switch (command) {
    case 'up':
      await Lab.startByHand(id, (text) => {
        console.error(`lab ${id}: ${text}`);
      });
      console.log(lab.kubeconfig);
      return;
    case 'node': {
      await lab.addNode(name, nodeSpec(args.slice(1)));
      process.stdout.write(await lab.kubectl(['get', 'node', name, '-o', 'wide']).catch(() => ''));
      return;
    }
    case 'ssh':
      lab.node(name);
      become('ssh', ['-F', lab.sshConfig, ...args]);
      return;
    case 'ssh-config':
      process.stdout.write(readFileSync(lab.sshConfig));
      return;
    case 'kubectl':
      become('kubectl', ['--kubeconfig', lab.kubeconfig, ...args]);
      return;
    case 'push':
      return lab.node(name).pushImage(args[1] ?? '.', args[2] ?? '');
    case 'fill':
      return lab.node(name).fillImages(Number(args[1]), Number(args[2]));
    case 'populate':
      return lab.populate(Number(args[0]), Number(args[1]));
    case 'reboot':
      return lab.node(name).reboot();
    case 'kill':
      return lab.node(name).powerOff();
    case 'boot':
      return lab.node(name).boot();
    case 'remove':
      return lab.node(name).remove();
    case 'status':
      for (const [part, pid] of Object.entries(lab.running())) console.log(`${part}: ${pid ?? 'off'}`);
      for (const node of lab.nodes()) console.log(`node ${node.name} ${node.address}: ${node.isOn() ? 'on' : 'off'}`);
      return;
    case 'down':
      return lab.down();
    default:
      process.stderr.write(USAGE);
      process.exitCode = command === '' || command === 'help' ? 0 : 2;
  }
}

function nodeSpec(options: readonly string[]): NodeSpec {
  const { values } = parseArgs({
    args: [...options],
    options: {
      'cgroup-driver': { type: 'string', default: 'cgroupfs' },
      containerd: { type: 'string', default: 'default' },
      'daemon-json': { type: 'string' },
      crio: { type: 'boolean', default: false },
      'cri-dockerd': { type: 'boolean', default: false },
      'control-plane': { type: 'boolean', default: false },
      'no-wait': { type: 'boolean', default: false },
    },
  });
  const daemonJson = values['daemon-json'];
  return {
    cgroupDriver: oneOf('--cgroup-driver', values['cgroup-driver'], ['cgroupfs', 'systemd']),
    containerd: oneOf('--containerd', values.containerd, ['default', 'docker-ce']),
    crio: values.crio,
    criDockerd: values['cri-dockerd'],
    controlPlane: values['control-plane'],
    wait: !values['no-wait'],
    ...(daemonJson === undefined ? {} : { daemonJson: readFileSync(daemonJson, 'utf8') }),
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Error(`${option} is '${value}': one of ${allowed.join(', ')} is needed`);
  return found;
}

function become(file: string, argv: readonly string[]): void {
  process.exitCode = spawnSync(file, argv, { stdio: 'inherit' }).status ?? 1;
}
