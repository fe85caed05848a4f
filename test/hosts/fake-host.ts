import type { Host } from '../../src/core/ports.js';

/** A host that remembers what it was asked and answers every command alike. */
export function fakeHost(stdout = '', code = 0): { readonly host: Host; readonly asked: unknown[][] } {
  const asked: unknown[][] = [];
  const note =
    <T>(name: string, answer: T) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return Promise.resolve(answer);
    };
  const result = { code, stdout, stderr: code === 0 ? '' : 'it went wrong\n' };
  const host: Host = {
    name: 'w1',
    via: 'ssh',
    query: note('query', result),
    run: note('run', result),
    readFile: note('readFile', undefined),
    stat: note('stat', undefined),
    list: note('list', []),
    dial: note('dial', { path: '/x', close: () => Promise.resolve() }),
    writeFile: note('writeFile', undefined),
    appendFile: note('appendFile', undefined),
    createExclusive: note('createExclusive', undefined),
    makeDirectory: note('makeDirectory', undefined),
    remove: note('remove', undefined),
    makeLink: note('makeLink', undefined),
  };
  return { host, asked };
}
