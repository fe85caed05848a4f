import type { TomlTable } from 'smol-toml';
import { criPath, schemaOf } from './cri-tables.js';
import { tableAt } from '../text/toml-document.js';

/** The handlers that a configuration has, which a RuntimeClass can name. */
export const handlerNames = (config: TomlTable): readonly string[] =>
  Object.keys(tableAt(config, ...criPath(schemaOf(config) < 3 ? 2 : 3).runtime, 'containerd', 'runtimes') ?? {});
