/** How a configuration file writes a text down; `raw` for what has no quotes and no escapes, and for what is not known. */
export type TextSyntax = 'json' | 'toml' | 'yaml' | 'unit' | 'env' | 'raw';

/** By its path: the places and endings that systemd, Docker, the kubelet and the runtimes have for theirs. */
const SYNTAXES: readonly (readonly [RegExp, TextSyntax])[] = [
  [/\.json$|\/\.dockercfg$/, 'json'],
  [/\.toml(?:\.tmpl)?$|^\/etc\/crio\/|^\/etc\/containers\/[^/]+\.conf$|^\/etc\/containers\/[^/]+\.conf\.d\//, 'toml'],
  [/\.ya?ml$|^\/etc\/kubernetes\/[^/]+\.conf$/, 'yaml'],
  [/\.(?:service|socket|mount|slice|target|timer|path|scope)$|\/systemd\/.*\.d\/[^/]+\.conf$/, 'unit'],
  [/\.env$|^\/etc\/(?:default|sysconfig)\/|^\/etc\/environment$/, 'env'],
];

export const textSyntax = (path: string): TextSyntax => SYNTAXES.find(([pattern]) => pattern.test(path))?.[1] ?? 'raw';
