/** Whether a program, called with these arguments, changes nothing. */
export type Reads = (args: readonly string[]) => boolean;

const split = (forms: readonly string[]): readonly (readonly string[])[] => forms.map((form) => form.split(' '));
const begins = (args: readonly string[], words: readonly string[]): boolean =>
  words.every((word, index) => args[index] === word);

/** Small sentences about arguments, to say in a table what each program may be asked. */
export const argumentRules = {
  /** For programs that cannot change anything whatever they are told. */
  always: (() => true) as Reads,
  none: ((args) => args.length === 0) as Reads,

  exactly: (...forms: string[]): Reads => {
    const known = split(forms);
    return (args) => known.some((words) => words.length === args.length && begins(args, words));
  },

  /** The first words are one of these, and what follows cannot change what they do, or passes `rest`. */
  startsWith: (forms: readonly string[], rest: Reads = () => true): Reads => {
    const known = split(forms);
    return (args) => known.some((words) => begins(args, words) && rest(args.slice(words.length)));
  },

  either:
    (...ways: Reads[]): Reads =>
    (args) =>
      ways.some((reads) => reads(args)),

  /** No word matches. Only for programs whose words cannot be abbreviated. */
  without:
    (refused: RegExp): Reads =>
    (args) =>
      !args.some((arg) => refused.test(arg)),

  /**
   * Every word that looks like a flag matches. For programs that take abbreviated flags (getopt_long's `--rot` is
   * `--rotate`), where a list of the bad ones would never be whole.
   */
  flagsOnlyOf:
    (...allowed: RegExp[]): Reads =>
    (args) =>
      args.every((arg) => !arg.startsWith('-') || allowed.some((pattern) => pattern.test(arg))),

  /** `reads` of what follows the global options. An option that is not listed ends them, and is then refused. */
  afterOptions:
    (options: { readonly bare?: readonly string[]; readonly valued?: readonly string[] }, reads: Reads): Reads =>
    (args) => {
      let at = 0;
      for (let arg = args[at]; arg !== undefined && arg.startsWith('-'); arg = args[at]) {
        const [flag = ''] = arg.split('=', 1);
        if (options.bare?.includes(arg) === true) at += 1;
        else if (options.valued?.includes(flag) === true) at += arg.includes('=') ? 1 : 2;
        else break;
      }
      return reads(args.slice(at));
    },
} as const;
