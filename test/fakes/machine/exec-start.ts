import type { MemoryFiles } from './memory-files.js';
import { lastSetting, type UnitDefinition } from './unit-definition.js';

/** The command line of a service, its variables put in: a variable that is a word of its own becomes as many as it has. */
export function execStart(files: MemoryFiles, unit: UnitDefinition): string[] {
  const variables = new Map<string, string>();
  for (const [key, value] of unit.settings) {
    if (key === 'Service.Environment') {
      for (const word of words(value)) setVariable(variables, word);
    } else if (key === 'Service.EnvironmentFile') {
      const path = value.replace(/^-/, '');
      const text = files.text(path);
      if (text === undefined && !value.startsWith('-')) throw new Error(`Failed to load environment files: ${path}`);
      for (const line of (text ?? '').split('\n')) if (!/^\s*[#;]/.test(line)) setVariable(variables, unquoted(line));
    }
  }
  return words(lastSetting(unit, 'Service.ExecStart') ?? '').flatMap((word) => {
    const whole = /^\$([A-Za-z_]\w*)$/.exec(word);
    if (whole !== null) return words(variables.get(whole[1] ?? '') ?? '');
    return [word.replace(/\$\{(\w+)\}/g, (_all, name: string) => variables.get(name) ?? '')];
  });
}

function setVariable(variables: Map<string, string>, assignment: string): void {
  const equals = assignment.indexOf('=');
  if (equals > 0) variables.set(assignment.slice(0, equals).trim(), assignment.slice(equals + 1));
}

/** `NAME="a b"` is `NAME=a b`. */
const unquoted = (line: string): string => line.trim().replace(/=(["'])(.*)\1$/, '=$2');

/** Words with their quotes taken away, quotes counting anywhere in a word. */
function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}
