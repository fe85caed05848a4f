import type { TomlTable, TomlValue } from 'smol-toml';
import type { HandlerIntent, RuntimeIntent } from '../runtime-intent.js';
import type { Wish } from './containerd-wishes.js';
import type { TomlPath } from '../text/toml-path.js';
import { stringAt, tableAt } from '../text/toml-document.js';

const RUNC = 'io.containerd.runc.v2';

/**
 * Docker's runtimes and those that are in the file already, each by name with its type, since 1.x takes away the defaults of a
 * table that is written at all. `path` is that of the table of handlers.
 */
export function handlerWishes(
  { cgroupDriver, handlers }: Pick<RuntimeIntent, 'cgroupDriver' | 'handlers'>,
  old: TomlTable | undefined,
  path: TomlPath,
): readonly Wish[] {
  const names = new Set(['runc', ...Object.keys(old ?? {}), ...handlers.map(({ name }) => name)]);
  return [...names].sort().flatMap((name): readonly Wish[] => {
    const wanted = handlers.find((handler) => handler.name === name);
    const there = tableAt(old, name);
    const written = stringAt(there, 'runtime_type') ?? '';
    const type = name === 'runc' ? RUNC : currentType(written === '' ? (wanted?.type ?? '') : written);
    const at = (...keys: readonly string[]): TomlPath => [...path, name, ...keys];
    const isRunc = type === RUNC;
    return [
      { path: at('runtime_type'), value: type },
      ...optionsOf(wanted, isRunc).map(([key, value]): Wish => ({ path: at('options', key), value, defaults: [''] })),
      // A handler with another driver than the kubelet's restarts its pods for ever.
      ...(isRunc ? [{ path: at('options', 'SystemdCgroup'), value: cgroupDriver === 'systemd' }] : []),
    ];
  });
}

/** The first runc shim does not know cgroup v2, and containerd 2.x does not have it. */
const currentType = (type: string): string => (type === '' || type === 'io.containerd.runc.v1' ? RUNC : type);

function optionsOf(handler: HandlerIntent | undefined, isRunc: boolean): readonly (readonly [string, TomlValue])[] {
  if (handler === undefined) return [];
  const options = Object.entries(handler.options).flatMap(([key, value]) => {
    const toml = tomlOf(value);
    return toml === undefined || key === 'SystemdCgroup' ? [] : [[key, toml] as const];
  });
  return isRunc && handler.path !== undefined ? [['BinaryName', handler.path] as const, ...options] : options;
}

/** JSON as TOML, which knows integers from other numbers and has no null. */
function tomlOf(value: unknown): TomlValue | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map(tomlOf).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const toml = tomlOf(one);
      return toml === undefined ? [] : [[key, toml] as const];
    }),
  );
}
