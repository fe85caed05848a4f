import { isContainerLogPath } from './container-log-path.js';
import { fluentBitSections, type FluentBitProperty, type FluentBitSection } from './fluent-bit-sections.js';

/** The properties of Fluent Bit's classic configuration that make a tail input read container logs in Docker's format alone. */
export function fluentBitLogParsers(text: string): FluentBitProperty[] {
  const sections = fluentBitSections(text);
  const jsonParsers = new Set(['docker', 'json']);
  for (const section of sections) {
    const name = valueOf(section, 'name');
    if (section.name === 'PARSER' && name !== undefined && valueOf(section, 'format')?.toLowerCase() === 'json')
      jsonParsers.add(name);
  }
  return sections.flatMap((section) => (section.name === 'INPUT' ? (dockerProperty(section, jsonParsers) ?? []) : []));
}

function dockerProperty(input: FluentBitSection, jsonParsers: ReadonlySet<string>): FluentBitProperty | undefined {
  if (valueOf(input, 'name')?.toLowerCase() !== 'tail') return undefined;
  const path = valueOf(input, 'path');
  if (path !== undefined && !isContainerLogPath(path)) return undefined;
  const multiline = find(input, 'multiline.parser');
  if (multiline !== undefined) {
    const parsers = multiline.value.split(/[\s,]+/);
    return parsers.includes('docker') && !parsers.includes('cri') ? multiline : undefined;
  }
  const parser = find(input, 'parser');
  if (parser !== undefined) {
    const isDocker = path === undefined ? parser.value === 'docker' : jsonParsers.has(parser.value);
    return isDocker ? parser : undefined;
  }
  const mode = find(input, 'docker_mode');
  return mode !== undefined && /^(?:on|true|yes)$/i.test(mode.value) ? mode : undefined;
}

function valueOf(section: FluentBitSection, name: string): string | undefined {
  return find(section, name)?.value;
}

function find(section: FluentBitSection, name: string): FluentBitProperty | undefined {
  return section.properties.find((property) => property.name === name);
}
