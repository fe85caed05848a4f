import { isMapping, type Mapping } from '../../manifests/mapping.js';

/** A setting that Beats and others let one write flat or nested: `json.message_key: log` or `json: {message_key: log}`. */
export function settingOf(settings: Mapping, name: string): unknown {
  if (name in settings) return settings[name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const inner = settings[name.slice(0, dot)];
    if (isMapping(inner)) return settingOf(inner, name.slice(dot + 1));
  }
  return undefined;
}
