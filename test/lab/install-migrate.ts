import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { builtCommand } from './built-command.js';
import type { LabLayout } from './lab-layout.js';
import type { LabNode } from './lab-node.js';
import { mustRun } from './must-run.js';

const HOME = '/opt/dockershim-migrate';

/**
 * Puts the command on a node, with the Node.js that runs this and the packages it needs, for an operator at the node's
 * own console. Gives back what to start it with there.
 */
export async function installMigrate(layout: LabLayout, node: LabNode): Promise<readonly string[]> {
  const project = path.dirname(path.dirname(await builtCommand()));
  const root = path.join(layout.nodeDir(node.name), 'root');
  const home = path.join(root, HOME);
  mkdirSync(home, { recursive: true });
  for (const part of ['bin', 'dist', 'proto', 'playbooks', 'package.json']) {
    cpSync(path.join(project, part), path.join(home, part), { recursive: true });
  }
  const listed = await mustRun(['npm', '--prefix', project, 'ls', '--omit=dev', '--all', '--parseable']);
  const packages = listed.split('\n').filter((line) => line.startsWith(path.join(project, 'node_modules/')));
  const relative = packages.map((line) => path.relative(project, line));
  await mustRun(['env', '-C', project, 'cp', '-a', '--parents', ...relative, home]);
  cpSync(process.execPath, path.join(root, 'usr/local/bin/node'));
  return ['node', `${HOME}/bin/migrate.js`];
}
