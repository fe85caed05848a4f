import { parseUnitFile } from '../config/text/unit-file.js';
import { unitWords } from '../config/text/unit-words.js';

export interface ServiceSettings {
  /** As written, on one line; the last one where there are several. */
  readonly execStart: string;
  readonly environment: Readonly<Record<string, string>>;
  /** In the order in which they are read; patterns are not expanded. */
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
}

/** What the [Service] sections of a unit file and its drop-ins, in this order, say on how the service is started. */
export function serviceSettings(texts: readonly string[]): ServiceSettings {
  let execStart = '';
  let environment: Record<string, string> = {};
  let environmentFiles: { path: string; optional: boolean }[] = [];
  for (const { section, key, value } of texts.flatMap(parseUnitFile)) {
    if (section !== 'Service') continue;
    switch (key) {
      case 'ExecStart':
        execStart = value;
        break;
      case 'Environment':
        if (value === '') environment = {};
        for (const word of unitWords(value)) {
          const [all, name = '', text = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(word) ?? [];
          if (all !== undefined) environment[name] = text.replaceAll('%%', '%');
        }
        break;
      case 'EnvironmentFile':
        if (value === '') environmentFiles = [];
        else environmentFiles.push({ path: value.replace(/^-/, ''), optional: value.startsWith('-') });
        break;
    }
  }
  return { execStart, environment, environmentFiles };
}
