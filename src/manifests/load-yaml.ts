import { CORE_SCHEMA, load, Type, type EventType, type LoadOptions, type State } from 'js-yaml';

/**
 * YAML 1.2's core schema and `<<`. Dates stay strings. Tags that only the program behind them understands (`!Ref` of
 * CloudFormation, `!reference` of GitLab, `!vault` of Ansible) leave the value as it is.
 */
const SCHEMA = CORE_SCHEMA.extend({
  implicit: [new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data) => data === '<<' })],
  explicit: (['scalar', 'sequence', 'mapping'] as const).map((kind) => new Type('', { kind, multi: true })),
});

/** What js-yaml's parser tells its listener, beside what its types declare. */
export interface YamlState extends State {
  readonly tag: string | null;
  readonly anchor: string | null;
}

export type YamlListener = (event: EventType, state: YamlState) => void;

/**
 * The value of a text that holds one document. Of two equal keys the later one counts, as for kubectl.
 * Throws a YAMLException, or a RangeError where the nesting is too deep for the stack.
 */
export function loadYaml(text: string, listener?: YamlListener): unknown {
  const options: LoadOptions & { maxDepth: number; maxTotalMergeKeys: number } = {
    schema: SCHEMA,
    json: true,
    maxDepth: Infinity,
    // What a bomb of `<<` may cost; real pipelines merge some thousand keys.
    maxTotalMergeKeys: 100_000,
  };
  if (listener !== undefined) options.listener = (event, state) => listener(event, state as YamlState);
  return load(text, options);
}
