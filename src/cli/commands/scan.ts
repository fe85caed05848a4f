import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { EXIT, MigrateError, messageOf, type ExitCode } from '../../core/errors.js';
import type { Finding, Severity, Suppression } from '../../core/finding.js';
import type { ScanReport, TargetRuntime } from '../../core/scan-report.js';
import { scanFormat, type ScanFormat } from '../../report/scan/scan-formats.js';
import { rules } from '../../rules/index.js';
import { baselineText, suppressionByBaseline } from '../../scan/baseline.js';
import { buildReport } from '../../scan/build-report.js';
import { glob } from '../../scan/glob.js';
import { scanContext } from '../../scan/scan-context.js';
import type { ScanConfig } from '../../scan/scan-config.js';
import { lineReader } from '../line-reader.js';
import { outputPairs, type OutputPair } from '../output-pairs.js';
import { scanFiles } from '../scan-files.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { VERSION } from '../version.js';
import { progressBar } from '../view/progress-bar.js';

export type FailOn = Severity | 'never';

export interface ScanFlags extends Settings {
  readonly cluster?: boolean;
  readonly nodes?: boolean | readonly string[];
  readonly secrets?: boolean;
  readonly helmReleases?: boolean;
  readonly printRbac?: boolean;
  readonly format?: readonly ScanFormat[];
  readonly output?: readonly string[];
  readonly failOn?: FailOn;
  readonly target?: TargetRuntime;
  readonly kubernetes?: string;
  readonly config?: string;
  readonly exclude?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly showSuppressed?: boolean;
  readonly strict?: boolean;
}

const CONFIG_FILE = '.dockershim-migrate.yaml';
const DATA_ROOT = '/var/lib/docker';

/** `migrate scan`: everything is scanned before anything is said; the exit code does not depend on the formats. */
export async function scan(paths: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  if (flags.printRbac === true) {
    terminal.result(await (await import('../print-rbac.js')).printRbac(flags));
    return EXIT.ok;
  }
  const pairs = outputPairs(flags.format ?? [], flags.output ?? [], 'text');
  const config = await readConfig(flags.config);
  const report = await scanAll(paths, flags, config);
  await write(report, pairs, flags);
  if (flags.writeBaseline !== undefined) save(flags.writeBaseline, baselineText(report));
  tellProblems(report, pairs);
  return exitCodeOf(report, flags.failOn ?? config.failOn ?? 'error', flags);
}

async function scanAll(paths: readonly string[], flags: ScanFlags, config: ScanConfig): Promise<ScanReport> {
  const live = flags.cluster === true || (flags.nodes !== undefined && flags.nodes !== false);
  if (paths.length === 0 && !live) {
    throw new MigrateError('usage', 'there is nothing to scan', {
      hint: 'Name files or folders, "-" for standard input, or use --cluster or --nodes.',
    });
  }
  for (const path of paths) {
    if (path !== '-' && !existsSync(path)) throw new MigrateError('input', `${path} does not exist`);
  }
  const target = flags.target ?? config.target ?? 'containerd';
  const kubernetes = flags.kubernetes ?? config.kubernetes;
  const context = scanContext(rules, { target, kubernetes, dataRoots: [DATA_ROOT] });
  const nothing = { found: [], undecided: [], errors: [], files: 0, objects: 0, pods: 0, nodes: 0 };

  // Nodes first: they know where Docker keeps its data, which decides what a mount in a manifest means.
  const { scanInfrastructure } = live ? await import('../scan-infrastructure.js') : { scanInfrastructure: undefined };
  const infrastructure = (await scanInfrastructure?.(flags, context)) ?? {
    ...nothing,
    dataRoots: context.scene.dataRoots,
  };
  const { dataRoots } = infrastructure;
  const patterns = [...(flags.exclude ?? []), ...(config.exclude ?? [])].map(glob);
  const own = ownFiles(flags);
  const files =
    paths.length === 0
      ? nothing
      : scanFiles(
          {
            paths,
            from: process.cwd(),
            excluded: (name) => own.has(name) || patterns.some((test) => test(name)),
            progress: (done, all) => terminal.status(progressBar(done, all, 'files')),
          },
          { ...context, scene: { ...context.scene, dataRoots } },
        );
  terminal.status(undefined);

  return buildReport({
    target,
    found: [...files.found, ...infrastructure.found],
    undecided: infrastructure.undecided,
    errors: [...files.errors, ...infrastructure.errors],
    counts: {
      files: files.files,
      objects: files.objects + infrastructure.objects,
      pods: infrastructure.pods,
      nodes: infrastructure.nodes,
    },
    suppress: await suppressions(flags.baseline, config),
  });
}

/** What this command writes, and reads for itself, names what it found before. */
function ownFiles({ output = [], baseline, writeBaseline, config = CONFIG_FILE }: ScanFlags): ReadonlySet<string> {
  const files = [...output, baseline, writeBaseline, config].filter((file) => file !== undefined);
  return new Set(files.map((file) => relative(process.cwd(), resolve(file))));
}

async function readConfig(path: string | undefined): Promise<ScanConfig> {
  const file = path ?? CONFIG_FILE;
  if (path === undefined && !existsSync(file)) return { apiVersion: 'dockershim-migrate.io/v1', kind: 'ScanConfig' };
  const { parseScanConfig } = await import('../../scan/scan-config.js');
  return parseScanConfig(
    read(file),
    file,
    rules.map(({ id }) => id),
  );
}

async function suppressions(
  baseline: string | undefined,
  config: ScanConfig,
): Promise<(finding: Finding) => Suppression | undefined> {
  const byBaseline = baseline === undefined ? undefined : suppressionByBaseline(read(baseline), baseline);
  if (config.ignore === undefined) return (finding) => byBaseline?.(finding);
  const { suppressionByConfig } = await import('../../scan/scan-config.js');
  const byConfig = suppressionByConfig(config);
  return (finding) => byConfig(finding) ?? byBaseline?.(finding);
}

async function write(report: ScanReport, pairs: readonly OutputPair<ScanFormat>[], flags: ScanFlags): Promise<void> {
  const lineOf = lineReader(report, process.cwd());
  for (const { format, file } of pairs) {
    const render = await scanFormat(format);
    const text = render(report, {
      rules,
      color: file === undefined && terminal.outColor,
      width: file === undefined ? terminal.width : 100,
      showSuppressed: flags.showSuppressed === true,
      lineOf,
      version: VERSION,
      generatedAt: new Date().toISOString(),
    });
    if (file === undefined) terminal.result(text);
    else save(file, text);
  }
}

/** The text format says it itself; whoever reads another one has to be told. */
function tellProblems({ errors, undecided }: ScanReport, pairs: readonly OutputPair<ScanFormat>[]): void {
  if (pairs.some(({ format, file }) => format === 'text' && file === undefined)) return;
  for (const { subject, line, message } of errors) {
    terminal.error(`${subject}${line === undefined ? '' : `:${line}`}: ${message}`);
  }
  for (const { subject, why } of undecided) terminal.error(`${subject}: not looked at, because ${why}`);
}

function exitCodeOf({ findings, errors, undecided }: ScanReport, failOn: FailOn, { strict }: ScanFlags): ExitCode {
  const levels: Readonly<Record<FailOn, readonly Severity[]>> = {
    error: ['error'],
    warning: ['error', 'warning'],
    note: ['error', 'warning', 'note'],
    never: [],
  };
  const counts = findings.some(
    ({ severity, suppressed }) => suppressed === undefined && levels[failOn].includes(severity),
  );
  if (counts) return EXIT.findings;
  return strict === true && errors.length + undecided.length > 0 ? EXIT.undecided : EXIT.ok;
}

function read(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8');
  } catch (error) {
    throw new MigrateError('input', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function save(file: string, text: string): void {
  try {
    writeFileSync(resolve(file), text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw new MigrateError('input', `${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
