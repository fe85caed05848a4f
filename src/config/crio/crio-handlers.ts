import { baseName } from '../../core/base-name.js';
import type { TomlTable, TomlValue } from 'smol-toml';
import type { Notice } from '../../core/plan.js';
import type { HandlerIntent, RuntimeIntent } from '../runtime-intent.js';
import { stringAt, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';
import type { Version } from '../version.js';
import { crioNotice } from './crio-notice.js';
import type { CrioSources } from './crio-sources.js';

/** Where the packages of pkgs.k8s.io have it, which is not on `$PATH`. */
const BUNDLED_CONMON = '/usr/libexec/crio/conmon';

const MONITOR_KEYS = ['monitor_path', 'monitor_cgroup', 'monitor_env'] as const;

/** What CRI-O asks of the program of a `vm` handler. */
const VM_SHIM = /^containerd-shim-[A-Za-z0-9+-]+-v2$/;

export interface CrioHandlersInput {
  readonly intent: RuntimeIntent;
  readonly version: Version;
  readonly sources: CrioSources;
  /** Of `crio config`; undefined where it was not asked. */
  readonly effective: TomlTable | undefined;
}

/** Docker's runtimes as handlers of CRI-O, by name. A handler that a later file defines is left to it. */
export function crioHandlers(input: CrioHandlersInput): {
  readonly handlers: TomlTable;
  readonly notices: readonly Notice[];
} {
  const { intent, sources } = input;
  const handlers: TomlTable = {};
  const notices: Notice[] = [];
  const monitor = monitorKeys(input);
  for (const intended of intent.handlers) {
    const { name } = intended;
    const said = ownKeys(intended, input);
    if ('problem' in said) {
      notices.push(said.problem);
      continue;
    }
    notices.push(...said.notices);
    const later = sources.after.findLast(({ table }) => handlerIn(table, name) !== undefined);
    if (later !== undefined) {
      notices.push(...leftTo(later.path, name, handlerIn(later.table, name), said.keys));
      continue;
    }
    const earlier = sources.before.findLast(({ table }) => handlerIn(table, name) !== undefined);
    const kept = earlier === undefined ? {} : (handlerIn(earlier.table, name) ?? {});
    const isOci = said.keys['runtime_type'] === 'oci';
    handlers[name] = { ...(isOci ? monitor.keys : {}), ...kept, ...said.keys };
    if (isOci && intent.cgroupDriver === 'cgroupfs' && 'monitor_cgroup' in handlers[name]) {
      handlers[name] = { ...handlers[name], monitor_cgroup: 'pod' };
    }
  }
  const assumed = Object.values(handlers).some((handler) => isTable(handler) && handler['runtime_type'] === 'oci');
  return { handlers, notices: assumed ? [...notices, ...monitor.notices] : notices };
}

const handlerIn = (table: TomlTable | undefined, name: string): TomlTable | undefined =>
  tableAt(table, 'crio', 'runtime', 'runtimes', name);

/**
 * The monitor of the handler that is there: CRI-O looks for `conmon` on `$PATH` where a handler names none, and does not
 * start if it is not there. Before 1.24 handlers had none of their own.
 */
function monitorKeys({ version, sources, effective, intent }: CrioHandlersInput): {
  readonly keys: TomlTable;
  readonly notices: readonly Notice[];
} {
  const none = { keys: {}, notices: [] };
  const global = stringAt(tableAt(sources.merged, 'crio', 'runtime'), 'conmon') ?? '';
  // `conmon` overrides what handlers say.
  if (version.minor < 24 || global !== '') return none;
  const known = [sources.merged, effective].flatMap((table) => {
    const runtime = tableAt(table, 'crio', 'runtime');
    const usual = [stringAt(runtime, 'default_runtime') ?? '', 'crun', 'runc'];
    const own = intent.handlers.map(({ name }) => name);
    const names = [...usual, ...Object.keys(tableAt(runtime, 'runtimes') ?? {}).filter((name) => !own.includes(name))];
    return names.map((name) => handlerIn(table, name));
  });
  const model = known.find((handler) => (stringAt(handler, 'monitor_path') ?? '') !== '');
  if (model !== undefined) {
    const keys = MONITOR_KEYS.flatMap((key): [string, TomlValue][] => {
      const value = model[key];
      return value === undefined || value === '' ? [] : [[key, value]];
    });
    return { keys: Object.fromEntries(keys), notices: [] };
  }
  const lookedAt = effective !== undefined || sources.before.length + sources.after.length > 0;
  if (lookedAt || version.minor < 31) return none;
  const message = `the handlers name ${BUNDLED_CONMON} as their monitor, as the packages of CRI-O have it; CRI-O does not start where it is missing`;
  const notice = crioNotice('warning', message, 'see that it is there, or write the path of conmon as monitor_path');
  return { keys: { monitor_path: BUNDLED_CONMON }, notices: [notice] };
}

type Said = { readonly keys: TomlTable; readonly notices: readonly Notice[] } | { readonly problem: Notice };

function ownKeys(handler: HandlerIntent, { sources, effective, version }: CrioHandlersInput): Said {
  const { name, path, type, options } = handler;
  const program = path ?? (type?.startsWith('/') === true ? type : undefined);
  const [, shim = ''] = /^io\.containerd\.([a-z0-9-]+)\.v\d+$/.exec(type ?? '') ?? [];
  const isVm = shim !== '' && shim !== 'runc' && shim !== 'runsc' && /\.v2$/.test(type ?? '');
  if (program !== undefined && isVm && !VM_SHIM.test(baseName(program))) {
    // `kata-runtime` is no OCI runtime any more; its shim lies beside it.
    const beside = `${program.slice(0, program.lastIndexOf('/') + 1) || '/usr/bin/'}containerd-shim-${shim}-v2`;
    return guessed(name, program, beside, 'vm', vmConfig(options, version));
  }
  if (program !== undefined) {
    const isShim = VM_SHIM.test(baseName(program));
    return withProgram(name, program, isShim ? 'vm' : 'oci', isShim ? vmConfig(options, version) : {});
  }
  const binary = typeof options['BinaryName'] === 'string' ? options['BinaryName'] : undefined;
  if (shim === 'runc') {
    const runc = [sources.merged, effective].map((table) => stringAt(handlerIn(table, 'runc'), 'runtime_path') ?? '');
    return withProgram(name, binary ?? runc.find((found) => found !== '') ?? '/usr/bin/runc', 'oci', {});
  }
  // gVisor's shim is of version 1, which CRI-O does not take; its runsc is an OCI runtime as well.
  if (shim === 'runsc') return guessed(name, type ?? '', binary ?? '/usr/local/bin/runsc', 'oci', {});
  if (isVm) {
    const settings = vmConfig(options, version);
    return guessed(name, type ?? '', binary ?? `/usr/bin/containerd-shim-${shim}-v2`, 'vm', settings);
  }
  const message = `the runtime ${name} is of type "${type ?? ''}", of which CRI-O knows no handler: it takes an OCI runtime's path, or a containerd-shim-…-v2`;
  const fix = `name the path of the runtime in daemon.json, or take ${name} out, and plan again`;
  return { problem: crioNotice('blocker', message, fix) };
}

function withProgram(name: string, program: string, type: 'oci' | 'vm', more: TomlTable): Said {
  const isPath = program.startsWith('/');
  const keys = { ...more, runtime_path: isPath ? program : `/usr/bin/${program}`, runtime_type: type };
  if (isPath) return { keys, notices: [] };
  const message = `the handler ${name} needs a whole path under CRI-O, and Docker finds "${program}" on $PATH; ${keys.runtime_path} is written`;
  return { keys, notices: [crioNotice('warning', message, `see that ${keys.runtime_path} is there`)] };
}

function guessed(name: string, known: string, program: string, kind: 'oci' | 'vm', more: TomlTable): Said {
  const message = `CRI-O needs the path of a program for the runtime ${name}, of which Docker knows ${known}: ${program} is written, and CRI-O does not start where it is missing`;
  const notice = crioNotice('warning', message, `see that ${program} is there`);
  return { keys: { ...more, runtime_path: program, runtime_type: kind }, notices: [notice] };
}

function vmConfig(options: HandlerIntent['options'], version: Version): TomlTable {
  const path = options['ConfigPath'];
  return typeof path === 'string' && path !== '' && version.minor >= 22 ? { runtime_config_path: path } : {};
}

function leftTo(file: string, name: string, there: TomlTable | undefined, meant: TomlTable): readonly Notice[] {
  const [found = '', wanted = ''] = [there, meant].map((table) => stringAt(table, 'runtime_path'));
  if (found === wanted) return [];
  const message = `${file} defines the handler ${name} with runtime_path "${found}", and Docker had "${wanted}"; the file is read last, and counts`;
  return [crioNotice('warning', message, `change the handler in ${file} if it should be Docker's`)];
}
