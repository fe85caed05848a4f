import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../core/errors.js';
import type { ConfigFlags } from './commands/config.js';
import type { InventoryFlags } from './commands/inventory.js';
import type { ExplainFlags } from './commands/explain.js';
import type { PlanFlags } from './commands/plan.js';
import type { NodeFlags } from './commands/node.js';
import type { ResumeFlags } from './commands/resume.js';
import type { RollbackFlags } from './commands/rollback.js';
import type { RulesFlags } from './commands/rules.js';
import type { ScanFlags } from './commands/scan.js';
import type { StatusFlags } from './commands/status.js';
import { durationMs, withSettings } from './settings.js';
import { VERSION } from './version.js';

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number of seconds');
  return Number(text);
};

const TARGETS = ['containerd', 'crio', 'cri-dockerd'];

/** What a migration may do to what is in its way. */
const withMigrateOptions = (command: Command): Command =>
  command
    .addOption(new Option('--target <runtime>', 'the runtime to move to').choices(TARGETS).default('containerd'))
    .addOption(
      new Option('--keep-docker', 'Docker goes on running for containers that Kubernetes does not own').conflicts(
        'stopForeign',
      ),
    )
    .option('--stop-foreign', 'stop containers that Kubernetes does not own')
    .option('--force', 'evict pods that no controller owns')
    .option('--delete-emptydir-data', 'evict pods with emptyDir volumes, whose data is lost')
    .option('--grace-period <seconds>', "instead of each pod's own", wholeNumber)
    .option('--drain-timeout <duration>', 'give up the drain after', durationMs, 900_000);

const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'html', 'github', 'gitlab'];

const versionLike = (text: string): string => {
  const version = /^v?(1\.\d+)(\.\d+)?$/.exec(text)?.[1];
  if (version === undefined) throw new InvalidArgumentError('a version looks like 1.24');
  return version;
};

/** `1.23` and `v1.23.5` → `1.23.0` and `1.23.5`. */
const kubeletVersion = (text: string): string => {
  const [, minor, patch = '.0'] = /^v?(1\.\d+)(\.\d+)?$/.exec(text) ?? [];
  if (minor === undefined) throw new InvalidArgumentError('a version looks like 1.23');
  return minor + patch;
};

/** An option that may be given several times: its values in their order. */
function collecting(option: Option, choices?: readonly string[]): Option {
  return option.argParser((value: string, before: string[] | undefined) => {
    if (choices !== undefined && !choices.includes(value)) {
      throw new InvalidArgumentError(`one of ${choices.join(', ')}`);
    }
    return [...(before ?? []), value];
  });
}

const withView = (command: Command): Command =>
  command
    .option('--plain', 'one line an event instead of a live view')
    .addOption(new Option('--format <format>', 'of the result on stdout').choices(['text', 'json']).default('text'));

/** The command line. Commands are loaded when they are called. `exit` takes the exit code of the one that was. */
export function program(exit: (code: ExitCode) => void): Command {
  const root = new Command('migrate')
    .description(
      'Finds what depends on Docker, moves Kubernetes nodes from dockershim and Docker Engine to containerd, CRI-O or cri-dockerd, and back.',
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(--help tells what there is)');

  const add = (name: string, description: string): Command =>
    withSettings(root.command(name).description(description).exitOverride());

  add(
    'inventory [nodes...]',
    'Tell what is known of nodes: from the Kubernetes API, the host, the Docker API and the CRI.',
  )
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .option('--strict', 'exit with 3 when something could not be looked at')
    .action(async (nodes: string[], options: InventoryFlags) =>
      exit(await (await import('./commands/inventory.js')).inventory(nodes, options)),
    );

  withMigrateOptions(
    add('plan [nodes...]', 'Show what a migration would change, and what is in its way. Changes nothing.'),
  )
    .addOption(new Option('--format <format>').choices(['text', 'json', 'markdown']).default('text'))
    .option('-o, --output <file>', 'save the plan, for review and for "migrate node --plan"')
    .action(async (nodes: string[], options: PlanFlags) =>
      exit(await (await import('./commands/plan.js')).plan(nodes, options)),
    );

  withView(
    withMigrateOptions(add('node <name>', 'Migrate a node: plan, confirm, stage, vacate, switch, prove, give back.')),
  )
    .option('--plan <file>', 'carry out a saved plan; refused when the node has changed since')
    .option('-y, --yes', 'do not ask')
    .addOption(
      new Option('--on-failure <what>', 'roll back, or stop and leave the node as it is')
        .choices(['rollback', 'stop'])
        .default('rollback'),
    )
    .action(async (name: string, options: NodeFlags) =>
      exit(await (await import('./commands/node.js')).node(name, options)),
    );

  withView(add('resume <name>', "Go on with a node's migration where its journal ends."))
    .option('-y, --yes', 'do not ask')
    .addOption(
      new Option('--on-failure <what>', 'roll back, or stop and leave the node as it is')
        .choices(['rollback', 'stop'])
        .default('rollback'),
    )
    .action(async (name: string, options: ResumeFlags) =>
      exit(await (await import('./commands/resume.js')).resume(name, options)),
    );

  withView(add('rollback <name>', 'Take a node back to the runtime it had, by its journal.'))
    .option('-y, --yes', 'do not ask')
    .action(async (name: string, options: RollbackFlags) =>
      exit(await (await import('./commands/rollback.js')).rollback(name, options)),
    );

  add('status [names...]', 'Tell where the migration of nodes stands.')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (names: string[], options: StatusFlags) =>
      exit(await (await import('./commands/status.js')).status(names, options)),
    );

  add('config', 'Convert a configuration of Docker and the kubelet, offline, and tell what becomes of every setting.')
    .requiredOption('--from <path>', "a daemon.json, a folder laid out as below a node's root, or the name of a node")
    .requiredOption('--target <runtime@version>', 'containerd@1.6, containerd@2.1, crio@1.31, cri-dockerd@0.3')
    .option('--kubelet <version>', "the kubelet's version (default: 1.23, or the node's)", kubeletVersion)
    .option('-o, --output <dir>', 'write the files there, below their paths on the node')
    .option('--force', 'write over files that are there with another content')
    .addOption(
      new Option('--format <format>', 'of the result on stdout').choices(['text', 'json', 'markdown']).default('text'),
    )
    .action(async (options: ConfigFlags) => exit(await (await import('./commands/config.js')).config(options)));

  add(
    'scan [paths...]',
    'Find what depends on Docker and dockershim: in files, in the cluster, on nodes. For CI, and for you.',
  )
    .usage('[options] [PATH... | -]')
    .option('--cluster', 'scan the live cluster: controllers, templates, pods, configuration')
    .option('--nodes [names...]', 'scan nodes: their configuration, and who talks to Docker now')
    .option('--secrets', 'with --cluster: also Secrets; their content is never shown')
    .option('--helm-releases', 'with --cluster: also what the releases that Helm keeps would bring back')
    .addOption(new Option('--target <runtime>', 'the runtime to come (default: containerd)').choices(TARGETS))
    .option(
      '--kubernetes <version>',
      'the Kubernetes version to come, as 1.24: tells errors from warnings',
      versionLike,
    )
    .addOption(
      collecting(new Option('--format <format>', 'of the result; may be given several times (default: text)'), FORMATS),
    )
    .addOption(
      collecting(new Option('-o, --output <file>', 'where the result of the --format at the same position goes')),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 at findings of this severity or worse (default: error)').choices([
        'error',
        'warning',
        'note',
        'never',
      ]),
    )
    .option('--config <file>', 'what to leave out and to ignore (default: .dockershim-migrate.yaml, if there is one)')
    .addOption(collecting(new Option('--exclude <glob>', 'files and folders to leave out; may be given several times')))
    .option('--baseline <file>', 'ignore the findings in it: tell only what has come since')
    .option('--write-baseline <file>', 'write down the findings of today')
    .option('--show-suppressed', 'show what is ignored, and why')
    .option('--strict', 'exit with 3 when something could not be looked at')
    .option('--print-rbac', 'print the least ClusterRole that --cluster needs, and do nothing')
    .action(async (paths: string[], options: ScanFlags) =>
      exit(await (await import('./commands/scan.js')).scan(paths, options)),
    );

  root
    .command('rules')
    .description('List the rules of "migrate scan".')
    .exitOverride()
    .addOption(new Option('--format <format>').choices(['text', 'json', 'markdown']).default('text'))
    .action(async (options: RulesFlags) => exit(await (await import('./commands/rules.js')).listRules(options)));

  root
    .command('explain <rule>')
    .description('Tell what a rule looks for, why, and what to do about it.')
    .exitOverride()
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (rule: string, options: ExplainFlags) =>
      exit(await (await import('./commands/explain.js')).explain(rule, options)),
    );

  return root;
}
