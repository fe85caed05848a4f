import type { DockerModule } from './docker-module.js';
import { DOCKER_MODULES as modules } from './docker-modules.js';
import { fluentBitSections } from './fluent-bit-sections.js';
import type { TextStretch } from './text-stretch.js';

export interface DockerModuleStretch extends TextStretch {
  readonly module: DockerModule;
}

/** By lines that stand in one product's language only. */
const LINES: readonly (readonly [RegExp, DockerModule])[] = [
  [/^[ \t]*Plugins\.Docker\.\w+/gm, modules.zabbix],
  [/^[ \t]*LoadPlugin[ \t]+"?docker"?[ \t\r]*$/gm, modules.collectd],
  [/^[ \t]*<Plugin[ \t]+"?docker"?>/gm, modules.collectd],
  [/^[ \t]*Import[ \t]+"?dockerplugin"?/gm, modules.collectd],
  [/^[ \t]*(?:discovery\.docker(?:swarm)?|loki\.source\.docker)[ \t]+"/gm, modules.alloy],
  [/^[ \t]*@?type[ \t]+docker_(?:metadata|metadata_elastic|inspect|monitor|metrics)\b/gm, modules.fluentd],
];

/** Parts that need dockerd, in languages that are no YAML, JSON or TOML; comments are blanked. */
export function* dockerModulesInText(text: string): Iterable<DockerModuleStretch> {
  for (const [pattern, module] of LINES) {
    for (const match of text.matchAll(pattern)) {
      const blanks = match[0].search(/\S/);
      yield { offset: match.index + blanks, length: match[0].trimEnd().length - blanks, module };
    }
  }
  for (const { name, properties } of fluentBitSections(text)) {
    const input = properties.find((property) => property.name === 'name');
    if (name !== 'INPUT' || input === undefined || !/^docker(?:_events)?$/i.test(input.value)) continue;
    yield { offset: input.offset, length: input.length, module: modules.fluentBit };
  }
}
