import { execa } from 'execa';
import { MigrateError } from '../core/errors.js';

/** A name of as many labels that no configuration can mean; what holds for it holds for every host. */
const nobodyLike = (name: string): string =>
  name
    .split('.')
    .map(() => 'nobody-migrates-here')
    .join('.');

/**
 * Whether the operator's ssh configuration says something of its own about a name.
 *
 * `ssh -G` answers for every name, so two signs are looked for: that a Host line matched which is not a mere `*` (`-v`
 * names the pattern that did, also in included files), and that the outcome differs from that for a name nobody uses,
 * which is how a Match block shows.
 */
export async function sshConfigKnows(name: string, sshConfigFile?: string): Promise<boolean> {
  // ssh refuses such names itself, but as an error about all of its configuration.
  if (!/^[A-Za-z0-9_:][A-Za-z0-9_.:%-]*$/.test(name)) return false;
  const other = nobodyLike(name);
  const [asked, nobody] = await Promise.all([ask(name, sshConfigFile), ask(other, sshConfigFile)]);
  const patterns = [...asked.debug.matchAll(/^debug1: .* line \d+: Applying options for (\S+)\s*$/gm)];
  if (patterns.some(([, pattern = '']) => !/^[*?.]+$/.test(pattern))) return true;
  return comparable(asked.settings, name) !== comparable(nobody.settings, other);
}

async function ask(name: string, sshConfigFile: string | undefined): Promise<{ settings: string; debug: string }> {
  const file = sshConfigFile === undefined ? [] : ['-F', sshConfigFile];
  const result = await execa('ssh', ['-v', '-G', ...file, '--', name], {
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
  });
  if (result.exitCode === 0) return { settings: result.stdout, debug: result.stderr };
  const reason = (result.stderr ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('debug'));
  throw new MigrateError(
    'input',
    `The ssh configuration cannot be used: ${reason.join(' ') || result.originalMessage}`,
    {
      hint: `Run "ssh -G${sshConfigFile === undefined ? '' : ` -F ${sshConfigFile}`} ${name}" until it answers.`,
    },
  );
}

/** The settings without what differs for every name: the name itself, and paths that hold a hash of it. */
const comparable = (settings: string, name: string): string =>
  settings
    .split('\n')
    .filter((line) => !/^(?:controlpath|host|originalhost) /.test(line))
    .map((line) => line.replaceAll(name.toLowerCase(), '%n').replaceAll(name, '%n'))
    .join('\n');
