import type { TomlTable } from 'smol-toml';
import type { ConfigPart, GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { containerdNotice } from './containerd-notice.js';
import { meantConfig } from './meant-config.js';
import { movedPath, schemaFor, unknownPlugins } from './containerd-schema.js';
import { importNotices } from './containerd-imports.js';
import { schemaOf, type Schema } from './cri-tables.js';
import { conversionUndecided } from '../conversion-undecided.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { parseToml, stringsAt } from '../text/toml-document.js';
import { editOrWriteToml } from '../text/toml-edit.js';
import { writeToml } from '../text/toml-writer.js';
import { parseVersion, type Version } from '../version.js';
import { isWholeFile, notWhole } from '../whole-file.js';

export interface ContainerdInput {
  readonly intent: RuntimeIntent;
  /** Of the containerd that is installed: its schema follows from it, never from the distribution. */
  readonly version: string;
  /** Of its configuration. */
  readonly path: string;
  readonly files: Readonly<Record<string, FileFacts>>;
  /** dockerd runs its containers through this containerd, which must not lose them: its root stays where it is. */
  readonly servesDocker?: boolean;
}

/**
 * containerd's `config.toml` and the `hosts.toml` files of registries: what Docker and the kubelet are set to, and all that an
 * administrator wrote into those that are there now. With a blocker there are no files.
 */
export function containerdPart(input: ContainerdInput): ConfigPart {
  const { intent, path, files } = input;
  const version = parseVersion(input.version);
  if (version === undefined || version.major < 1 || version.major > 2) {
    const message = `containerd's version reads "${input.version}"`;
    return without(containerdNotice('blocker', message, 'see what `containerd --version` says on the node'));
  }
  const existing = files[path];
  if (existing === undefined) return without(conversionUndecided(path, 'it was not read'));
  if (existing.exists && !isWholeFile(existing)) return without({ gate: 'containerd-config', ...notWhole(path) });
  const text = existing.exists ? existing.content : '';
  const parsed = parseToml(text);
  if (!parsed.ok) {
    const message = `${path} cannot be read: line ${parsed.line}: ${parsed.reason}`;
    return without(containerdNotice('blocker', message, `mend line ${parsed.line} and plan again`));
  }
  const old = parsed.value;
  const from = schemaOf(old);
  const schema = schemaFor(version, from);
  const refusals = schemaRefusals(old, version, schema, path);
  if (refusals.length > 0) return without(...refusals);

  const meant = meantConfig({ intent, old, version, schema, path, files, servesDocker: input.servesDocker ?? false });
  const notices = [
    ...ignoredSections(from, version, path),
    ...meant.notices,
    ...importNotices(path, meant.config, schema, files),
  ];
  if (notices.some(({ level }) => level === 'blocker')) return without(...notices);
  const style = { keyQuote: schema === 2 ? '"' : "'", order: 'sorted', moved: movedPath(from, version) } as const;
  const main: GeneratedFile = {
    ...{ group: 'runtime', path, mode: existing.exists ? existing.mode : 0o644 },
    content: saysNothing(old, text) ? writeToml(meant.config, style) : editOrWriteToml(text, meant.config, style),
    why: `the CRI of containerd ${input.version}, with the kubelet's cgroup driver, sandbox image and CNI directories`,
  };
  return { files: [main, ...meant.files], notices, settings: [] };
}

const without = (...notices: readonly Notice[]): ConfigPart => ({ files: [], notices, settings: [] });

function schemaRefusals(old: TomlTable, version: Version, schema: Schema, path: string): readonly Notice[] {
  const from = schemaOf(old);
  if (from > schema && from > 3) {
    const message = `${path} is of version ${from}, which containerd ${version.major}.${version.minor} does not start with`;
    return [containerdNotice('blocker', message, `write it in version ${schema}, and plan again`)];
  }
  return unknownPlugins(old).map((name) =>
    containerdNotice(
      'blocker',
      `${path} is of version 1 and names the plugin ${name}, whose name in version 2 is not known`,
      `take ${name} out, or write the file in version 2, and plan again`,
    ),
  );
}

/** containerd 1.x loads a file of version 3 without a word, and none of its CRI sections. */
function ignoredSections(from: number, version: Version, path: string): readonly Notice[] {
  if (version.major > 1 || from < 3) return [];
  const message = `${path} is of version 3, of which this containerd ${version.major}.${version.minor} ignores the CRI settings; they are left out`;
  return [containerdNotice('warning', message, 'see in the diff whether one of them is needed')];
}

/** What Docker's package ships, or nothing at all: there is nobody's layout to keep. */
function saysNothing(old: TomlTable, text: string): boolean {
  if (text.trim() === '') return true;
  const settings = Object.keys(old).filter((key) => key !== 'disabled_plugins' && key !== 'version');
  const disabled = stringsAt(old, 'disabled_plugins').filter((id) => id !== 'cri');
  const comments = text.split('\n').filter((line) => line.trimStart().startsWith('#'));
  return settings.length === 0 && disabled.length === 0 && (comments.length === 0 || /Docker,? Inc/.test(text));
}
