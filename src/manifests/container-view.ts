import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';
import type { Path } from './place.js';
import type { ContainerView, EnvView, Word } from './views.js';

/** A container of any dialect. */
export function containerView(value: Mapping, role: ContainerView['role'], name: string, path: Path): ContainerView {
  return new LazyContainer(value, role, textOf(value.name) || name, path);
}

/** What few rules ask for is read when it is asked for. */
class LazyContainer implements ContainerView {
  readonly image: string;
  private knownCommand: readonly Word[] | undefined;
  private knownArgs: readonly Word[] | undefined;
  private knownEnv: readonly EnvView[] | undefined;

  constructor(
    readonly value: Mapping,
    readonly role: ContainerView['role'],
    readonly name: string,
    readonly path: Path,
  ) {
    this.image = imageOf(value.image);
  }

  get imagePullPolicy(): string {
    return textOf(this.value.imagePullPolicy ?? this.value.image_pull_policy);
  }

  get command(): readonly Word[] {
    const { value, path } = this;
    const key = value.command === undefined && value.entrypoint !== undefined ? 'entrypoint' : 'command';
    return (this.knownCommand ??= words(value[key], path, key));
  }

  get args(): readonly Word[] {
    return (this.knownArgs ??= words(this.value.args, this.path, 'args'));
  }

  get env(): readonly EnvView[] {
    return (this.knownEnv ??= envOf(this.value, this.path));
  }

  get ports(): readonly number[] {
    return portsOf(this.value.ports ?? this.value.port);
  }
}

/** Charts write an image in parts. */
function imageOf(image: unknown): string {
  if (typeof image === 'string') return image;
  if (!isMapping(image)) return '';
  const repository = textOf(image.repository) || textOf(image.name);
  if (repository === '') return '';
  const registry = textOf(image.registry) === '' ? '' : `${textOf(image.registry)}/`;
  const tag = typeof image.tag === 'string' || typeof image.tag === 'number' ? `:${image.tag}` : '';
  return `${registry}${repository}${tag === ':' ? '' : tag}`;
}

const NO_WORDS: readonly Word[] = [];

function words(value: unknown, path: Path, key: string): readonly Word[] {
  if (typeof value === 'string') return [{ text: value, path: [...path, key] }];
  if (!Array.isArray(value)) return NO_WORDS;
  const found: Word[] = [];
  value.forEach((word: unknown, index) => {
    if (typeof word !== 'string' && typeof word !== 'number' && typeof word !== 'boolean') return;
    found.push({ text: String(word), path: [...path, key, index] });
  });
  return found;
}

const ENV_KEYS = ['env', 'environment', 'extraEnv', 'extraEnvs', 'extraEnvVars', 'envVars'];

function envOf(value: Mapping, path: Path): readonly EnvView[] {
  const views: EnvView[] = [];
  for (const key of ENV_KEYS) {
    const entries = value[key];
    if (Array.isArray(entries)) {
      entries.forEach((entry: unknown, index) => {
        if (isMapping(entry))
          views.push(envView(textOf(entry.name) || textOf(entry.key), entry, [...path, key, index]));
        else if (typeof entry === 'string') views.push(assignment(entry, [...path, key, index]));
      });
    } else if (isMapping(entries)) {
      for (const [name, entry] of Object.entries(entries)) {
        const at = [...path, key, name];
        if (isMapping(entry)) views.push(envView(textOf(entry.name) || name, entry, at));
        else views.push({ name, value: scalarText(entry), fieldPath: undefined, path: at });
      }
    }
  }
  return views;
}

function envView(name: string, entry: Mapping, path: Path): EnvView {
  const value = scalarText(entry.value);
  const from = first(entry.valueFrom ?? entry.value_from);
  const field = first(from?.fieldRef ?? from?.field_ref);
  const fieldPath = textOf(field?.fieldPath ?? field?.field_path);
  return {
    name,
    value,
    fieldPath: fieldPath === '' ? undefined : fieldPath,
    path: value === undefined ? path : [...path, 'value'],
  };
}

/** `NAME=value`, as GitLab's runner has it. */
function assignment(entry: string, path: Path): EnvView {
  const at = entry.indexOf('=');
  if (at === -1) return { name: entry, value: undefined, fieldPath: undefined, path };
  return { name: entry.slice(0, at), value: entry.slice(at + 1), fieldPath: undefined, path };
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Of Terraform's blocks, which may be lists of one. */
function first(value: unknown): Mapping | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isMapping(one) ? one : undefined;
}

const NO_PORTS: readonly number[] = [];

function portsOf(ports: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(ports) ? ports : isMapping(ports) ? [ports] : NO_PORTS;
  return list.flatMap((port) => {
    const number = isMapping(port) ? (port.containerPort ?? port.container_port) : undefined;
    return typeof number === 'number' ? [number] : [];
  });
}
