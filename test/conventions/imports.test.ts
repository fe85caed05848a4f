import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Which folders a folder's files may import from, besides its own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  config: ['core'],
  drain: ['core'],
  plan: ['core', 'config', 'drain'],
  report: ['core'],
  manifests: ['core', 'config'],
  rules: ['core', 'config', 'manifests'],
  scan: ['core', 'config', 'manifests', 'rules'],
  collect: ['core', 'config'],
  steps: ['core', 'config', 'drain'],
  engine: ['core'],
  hosts: ['core'],
  kube: ['core'],
  runtimes: ['core'],
  cli: ['core', 'config', 'collect', 'manifests', 'plan', 'report', 'rules', 'scan', 'steps', 'engine'],
};

/** `cli/wire.ts` is the one place where ports meet what implements them. */
const WIRE = 'cli/wire.ts';
const WIRED = ['hosts', 'kube', 'runtimes'];

/** Node's own modules that reach out of the process, or whose answers differ from call to call. */
const EFFECTS = /^node:(fs|child_process|net|http|https|dns|os|timers|readline|process|worker_threads)/;
const PURE = ['core', 'config', 'plan', 'report', 'rules', 'drain', 'manifests', 'scan'];

const HOME: Readonly<Record<string, readonly string[]>> = {
  execa: ['hosts'],
  dockerode: ['runtimes'],
  '@grpc/grpc-js': ['runtimes'],
  '@grpc/proto-loader': ['runtimes'],
  '@kubernetes/client-node': ['kube'],
  commander: ['cli'],
  listr2: ['cli'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const importsOf = (file: string): string[] =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );

const folderOf = (file: string): string => file.split('/')[0] ?? '';

describe('imports', () => {
  it('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it('run one way between folders', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(SRC, normalize(join(SRC, dirname(file), specifier))))
        .filter((target) => folderOf(target) !== folderOf(file))
        .filter(
          (target) => ![...(ALLOWED[folderOf(file)] ?? []), ...(file === WIRE ? WIRED : [])].includes(folderOf(target)),
        )
        // A type has no effect: the composition's types may be named where they are passed on.
        .filter(
          (target) => !(folderOf(file) === 'cli' && WIRED.includes(folderOf(target)) && isTypeImport(file, target)),
        )
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('pure folders reach nothing outside', () => {
    const wrong = files
      .filter((file) => PURE.includes(folderOf(file)))
      .flatMap((file) =>
        [
          ...importsOf(file).filter((specifier) => EFFECTS.test(specifier)),
          ...[
            ...readFileSync(join(SRC, file), 'utf8').matchAll(
              /\b(Date\.now\(|new Date\(\)|Math\.random\(|(?<![-/])process\.(?!env\b)\w+|fetch\()/g,
            ),
          ].map((match) => match[0]),
        ].map((what) => `${file}: ${what}`),
      );
    expect(wrong).toEqual([]);
  });

  it('a package with effects has one home', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => HOME[specifier] !== undefined && !HOME[specifier].includes(folderOf(file)))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('only the entry points set exit codes, and only one place prints', () => {
    const wrong = files.filter((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      const exits = /process\.exit(Code)?\b/.test(text) && file !== 'cli/main.ts';
      const prints =
        /console\.|process\.std(out|err)\.write/.test(text) && !['cli/terminal.ts', 'cli/main.ts'].includes(file);
      return exits || prints;
    });
    expect(wrong).toEqual([]);
  });
});

function isTypeImport(file: string, target: string): boolean {
  const name = target.split('/').at(-1) ?? '';
  return readFileSync(join(SRC, file), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`/${name}'`))
    .every((line) => line.startsWith('import type'));
}
