import { z } from 'zod';
import type { HandlerIntent, RuntimeTarget } from '../runtime-intent.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingContext, SettingReading, SettingRule } from './setting-rule.js';
import { structOf } from './struct-of.js';
import { unlistedKeys } from './unlisted-keys.js';

const runtime = structOf({
  path: z.string().optional(),
  runtimeArgs: z.array(z.string()).optional(),
  runtimeType: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});
type Runtime = z.infer<typeof runtime>;

const KEYS = ['path', 'runtimeArgs', 'runtimeType', 'options'];

const KATA = 'containerd-shim-kata-v2';

/** Programs that run containers by a shim of their own under containerd, by the name of what Docker starts. */
const SHIMS: Readonly<Record<string, { readonly type: string; readonly program?: string }>> = {
  runsc: { type: 'io.containerd.runsc.v1' },
  // Kata's own program is no OCI runtime any more; its shim is installed beside it.
  'kata-runtime': { type: 'io.containerd.kata.v2', program: KATA },
  [KATA]: { type: 'io.containerd.kata.v2' },
};

/** Docker's `runtimes`: handlers of the new runtime, which a RuntimeClass names. */
export const runtimesRule: SettingRule<Readonly<Record<string, Runtime>>> = {
  key: 'runtimes',
  flags: ['add-runtime'],
  type: z.record(z.string(), runtime),
  fromFlags: (values) =>
    values.every((value) => value.includes('=')) ? Object.fromEntries(values.map(ofFlag)) : values.at(-1),
  what: 'further runtimes: `path` with `runtimeArgs`, or from 23.0 on `runtimeType` with `options`',
  docs: {
    containerd: {
      outcome: 'converted',
      becomes:
        '`containerd.runtimes.NAME`: a `path` becomes `options.BinaryName` of `io.containerd.runc.v2`, gVisor and Kata their own shims, a `runtimeType` stays; `runtimeArgs` are lost, with a warning',
    },
    crio: {
      outcome: 'converted',
      becomes:
        '`[crio.runtime.runtimes.NAME]` with `runtime_path`, of type `oci`, or `vm` for Kata and other shims; `runtimeArgs` are lost, with a warning',
    },
  },
  why: 'A RuntimeClass names a handler, and pods of that class do not start where the runtime has none of that name. All handlers that are a runc get the same cgroup driver.',
  read: (runtimes, context) =>
    Object.entries(runtimes).flatMap(([name, value]) => handlerReadings(name, value, context)),
};

function handlerReadings(name: string, value: Runtime, { target }: SettingContext): readonly SettingReading[] {
  const part = `.${name}`;
  const problem = problemOf(name, value);
  if (problem !== undefined) return [{ part, value, outcome: 'refused', target: '', ...problem }];
  const handler = handlerOf(name, value);
  const args: readonly SettingReading[] =
    handler.args.length === 0
      ? []
      : [
          {
            ...{ part: `${part}.runtimeArgs`, value: handler.args, outcome: 'warning', target: '' },
            note: `pods of the handler ${name} are run without these arguments: the CRI's runtimes take a program and no arguments`,
            fix: `write a script that starts ${handler.path ?? name} with them, and name it as the path of the runtime`,
          },
        ];
  return [
    {
      ...{ part, value, outcome: 'converted' },
      target:
        target.kind === 'crio'
          ? `${NEW_PLACES.crio} crio.runtime.runtimes.${name}`
          : `${NEW_PLACES.containerd} containerd.runtimes.${name}`,
      note: `${startedAs(handler, target.kind)}${classNote(name)}`,
      intent: (intent) => ({
        ...intent,
        handlers: [...intent.handlers.filter((other) => other.name !== name), handler],
      }),
    },
    ...args,
    ...unlistedKeys(value, KEYS, part),
  ];
}

function problemOf(
  name: string,
  { path = '', runtimeType = '' }: Runtime,
): Pick<SettingReading, 'note' | 'fix'> | undefined {
  if (name === 'runc') {
    return {
      note: 'the name runc is reserved, and dockerd does not start with it',
      fix: 'give the runtime another name',
    };
  }
  if (path === '' && runtimeType === '') {
    return { note: 'it has neither a path nor a runtimeType', fix: 'name its program as path, or remove it' };
  }
  if (path !== '' && runtimeType !== '') {
    return {
      note: 'it has a path and a runtimeType, and dockerd does not start with both',
      fix: 'remove one of the two',
    };
  }
  return undefined;
}

function handlerOf(
  name: string,
  { path = '', runtimeArgs = [], runtimeType = '', options = {} }: Runtime,
): HandlerIntent {
  const { TypeUrl: _typeUrl, ...kept } = options;
  if (path !== '') {
    const slash = path.lastIndexOf('/') + 1;
    const shim = Object.hasOwn(SHIMS, path.slice(slash)) ? SHIMS[path.slice(slash)] : undefined;
    const program = shim?.program === undefined ? path : `${path.slice(0, slash)}${shim.program}`;
    return { name, path: program, args: runtimeArgs, type: shim?.type, options: kept };
  }
  // A runc by another name is a runc: CRI-O knows it by its path alone.
  const { BinaryName, ...rest } = kept;
  if (/^io\.containerd\.runc\.v[12]$/.test(runtimeType) && typeof BinaryName === 'string') {
    return { name, path: BinaryName, args: runtimeArgs, type: undefined, options: rest };
  }
  return { name, path: undefined, args: runtimeArgs, type: runtimeType, options: kept };
}

function startedAs({ name, path, type }: HandlerIntent, kind: RuntimeTarget['kind']): string {
  const pods = `pods of a RuntimeClass with the handler ${name} are run by`;
  if (type === undefined || (kind === 'crio' && path !== undefined)) return `${pods} ${path ?? name}`;
  const [, shim, version] = /^io\.containerd\.([a-z0-9-]+)\.(v\d+)$/.exec(type) ?? [];
  if (kind === 'crio' || shim === undefined || shim === 'runc') return `${pods} ${type}`;
  return `${pods} containerd-shim-${shim}-${version}, which has to be on containerd's PATH`;
}

/** `name=path`. */
const ofFlag = (text: string): readonly [string, Runtime] => {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), { path: text.slice(equals + 1) }];
};

/** RuntimeClasses are checked for it by the API server. */
const classNote = (name: string): string =>
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? '' : '; but no RuntimeClass can have a handler of this name';
