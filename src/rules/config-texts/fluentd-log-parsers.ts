import { isContainerLogPath } from './container-log-path.js';
import { fluentdSections, type FluentdSection, type FluentdSetting } from './fluentd-sections.js';

/** The settings of a fluentd configuration that make a source read container logs as JSON and as nothing else. */
export function fluentdLogParsers(text: string): FluentdSetting[] {
  if (!text.includes('<source')) return [];
  return sourcesOf(fluentdSections(text)).flatMap((source) => {
    const path = valueOf(source, 'path');
    if (!/^tail$/.test(typeOf(source)) || path === undefined || !isContainerLogPath(path)) return [];
    return jsonSetting(source) ?? [];
  });
}

/** Sources stand at the top, in <worker> and, by mistake, in <label>. */
function sourcesOf(section: FluentdSection): FluentdSection[] {
  return section.sections.flatMap((inner) => (inner.name === 'source' ? [inner] : sourcesOf(inner)));
}

function jsonSetting(source: FluentdSection): FluentdSetting | undefined {
  const parse = source.sections.find(({ name }) => name === 'parse');
  const format =
    parse === undefined
      ? find(source, 'format')
      : (find(parse, '@type') ?? find(parse, 'type') ?? find(parse, 'format'));
  if (format === undefined) return undefined;
  const kind = bare(format.value);
  if (kind === 'json') return format;
  if (kind !== 'multi_format') return undefined;
  const patterns = [...(parse?.sections ?? []), ...source.sections].filter(({ name }) => name === 'pattern');
  const isJson = ({ settings }: FluentdSection): boolean =>
    settings.some(({ name, value }) => (name === 'format' || name === '@type') && bare(value) === 'json');
  return patterns.length > 0 && patterns.every(isJson) ? format : undefined;
}

function typeOf(section: FluentdSection): string {
  return bare(valueOf(section, '@type') ?? valueOf(section, 'type') ?? '');
}

function valueOf(section: FluentdSection, name: string): string | undefined {
  return find(section, name)?.value;
}

function find(section: FluentdSection, name: string): FluentdSetting | undefined {
  return section.settings.find((setting) => setting.name === name);
}

function bare(value: string): string {
  return value.replace(/^["']|["']$/g, '');
}
