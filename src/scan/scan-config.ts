import { load } from 'js-yaml';
import { z } from 'zod';
import { MigrateError, messageOf } from '../core/errors.js';
import type { Finding, Suppression } from '../core/finding.js';
import { glob } from './glob.js';

const names = z.array(z.string().min(1)).min(1);

const ignore = z
  .strictObject({
    rules: names,
    /** Globs over file names, object kinds, namespaces and names; all that are given have to match. */
    paths: names.optional(),
    kinds: names.optional(),
    namespaces: names.optional(),
    names: names.optional(),
    reason: z.string().min(1),
  })
  .readonly();

const schema = z.strictObject({
  apiVersion: z.literal('dockershim-migrate.io/v1'),
  kind: z.literal('ScanConfig'),
  failOn: z.enum(['error', 'warning', 'note', 'never']).optional(),
  target: z.enum(['containerd', 'crio', 'cri-dockerd']).optional(),
  kubernetes: z.string().optional(),
  exclude: z.array(z.string()).optional(),
  ignore: z.array(ignore).optional(),
});

/** What a project settles once, instead of in each call. */
export type ScanConfig = Readonly<z.infer<typeof schema>>;

/** Errors: `input`, naming the file and each place that is wrong. */
export function parseScanConfig(text: string, file: string, ruleIds: readonly string[]): ScanConfig {
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    throw new MigrateError('input', `${file} is no valid YAML: ${messageOf(error).split('\n')[0]}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
    throw new MigrateError('input', `${file} is no ScanConfig: ${problems.join('; ')}`);
  }
  const unknown = (parsed.data.ignore ?? [])
    .flatMap(({ rules }) => rules)
    .find((id) => id !== '*' && !ruleIds.includes(id));
  if (unknown !== undefined) {
    throw new MigrateError('input', `${file} ignores ${unknown}, and there is no such rule`, {
      hint: '"migrate rules" lists them.',
    });
  }
  return parsed.data;
}

/** What a configuration says about a finding. */
export function suppressionByConfig({
  ignore: entries = [],
}: ScanConfig): (finding: Finding) => Suppression | undefined {
  const tests = entries.map((entry) => ({
    reason: entry.reason,
    rules: new Set(entry.rules),
    paths: any(entry.paths),
    kinds: any(entry.kinds),
    namespaces: any(entry.namespaces),
    names: any(entry.names),
  }));
  return ({ ruleId, file, object }) => {
    const found = tests.find(
      ({ rules, paths, kinds, namespaces, names: objects }) =>
        (rules.has('*') || rules.has(ruleId)) &&
        paths(file ?? '') &&
        kinds(object.kind) &&
        namespaces(object.namespace ?? '') &&
        objects(object.name),
    );
    return found === undefined ? undefined : { by: 'config', reason: found.reason };
  };
}

function any(patterns: readonly string[] | undefined): (text: string) => boolean {
  if (patterns === undefined) return () => true;
  const tests = patterns.map(glob);
  return (text) => tests.some((test) => test(text));
}
