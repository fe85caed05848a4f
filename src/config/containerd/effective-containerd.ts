import { criSettings, type CriSettings } from './cri-settings.js';
import { parseToml } from '../text/toml-document.js';

/**
 * Where the configuration containerd would run with, by its own `config dump`, differs from the file it was given.
 *
 * It is silent about much that it does not use: keys with a typing error, whole sections of another version, and, in
 * 1.x, all that a drop-in replaces. One sentence per difference; none when all that matters is as meant.
 */
export function containerdMismatches(dump: string, written: string): readonly string[] {
  const effective = parseToml(dump);
  if (!effective.ok) return [`containerd's config dump is no TOML: line ${effective.line}: ${effective.reason}`];
  const meant = parseToml(written);
  if (!meant.ok) return [`the configuration written is no TOML: line ${meant.line}: ${meant.reason}`];
  return differences(criSettings(effective.value), criSettings(meant.value));
}

function differences(found: CriSettings, meant: CriSettings): string[] {
  const problems: string[] = [];
  const compare = (what: string, wanted: string | undefined, value: string | undefined): void => {
    if (wanted !== undefined && wanted !== value) problems.push(`${what} is ${value || 'not set'}, meant is ${wanted}`);
  };

  if (found.disabledPlugins.length > 0)
    problems.push(`the CRI plugin is disabled (${found.disabledPlugins.join(', ')})`);
  compare('the default runtime', meant.defaultRuntime, found.defaultRuntime);
  for (const [name, handler] of Object.entries(meant.handlers)) {
    const there = found.handlers[name];
    if (there === undefined) {
      problems.push(`the runtime handler ${name} is missing`);
      continue;
    }
    compare(`the runtime type of the handler ${name}`, handler.runtimeType, there.runtimeType);
    if (handler.systemdCgroup === undefined) continue;
    compare(
      `the cgroup driver of the handler ${name}`,
      driver(handler.systemdCgroup),
      driver(there.systemdCgroup ?? false),
    );
  }
  compare('the sandbox image', meant.sandboxImage, found.sandboxImage);
  compare('the snapshotter', meant.snapshotter, found.snapshotter);
  compare('the directory of CNI configurations', meant.cniConfDir, found.cniConfDir);
  if (meant.cniBinDirs.length > 0)
    compare('the directory of CNI plugins', meant.cniBinDirs.join(', '), found.cniBinDirs.join(', '));
  if (meant.registryConfigPath !== '')
    compare("the registries' config_path", meant.registryConfigPath, found.registryConfigPath);
  return problems;
}

const driver = (systemdCgroup: boolean): string => (systemdCgroup ? 'systemd' : 'cgroupfs');
