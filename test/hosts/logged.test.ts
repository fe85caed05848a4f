import { describe, expect, it } from 'vitest';
import { MigrateError } from '../../src/core/errors.js';
import { logged, type LoggedCommand } from '../../src/hosts/logged.js';
import { readOnly } from '../../src/hosts/read-only.js';
import { fakeHost } from './fake-host.js';

describe('logged', () => {
  it('tells of every command, with its code and time', async () => {
    const told: LoggedCommand[] = [];
    const { host } = fakeHost('out', 3);
    const result = await logged(host, (command) => told.push(command)).run(['apt-get', 'install', 'runc']);
    expect(result).toEqual({ code: 3, stdout: 'out', stderr: 'it went wrong\n' });
    expect(told).toEqual([
      { host: 'w1', argv: ['apt-get', 'install', 'runc'], code: 3, ms: expect.any(Number) as number, error: undefined },
    ]);
  });

  it('tells of files by name, never of what is in them', async () => {
    const told: LoggedCommand[] = [];
    const { host, asked } = fakeHost();
    const wrapped = logged(host, (command) => told.push(command));
    await wrapped.writeFile('/a', 'secret content', { mode: 0o600 });
    await wrapped.appendFile('/b', 'secret content');
    await wrapped.createExclusive('/c', 'secret content');
    await wrapped.readFile('/d');
    await wrapped.makeLink('/e', '/f');
    expect(told.map((command) => command.argv.join(' '))).toEqual([
      'writeFile /a',
      'appendFile /b',
      'createExclusive /c',
      'readFile /d',
      'makeLink /e /f',
    ]);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(asked[0]).toEqual(['writeFile', '/a', 'secret content', { mode: 0o600 }]);
  });

  it('hides secrets in arguments and errors, not in what is run', async () => {
    const told: LoggedCommand[] = [];
    const { host, asked } = fakeHost();
    const failing = {
      ...host,
      run: (argv: readonly string[]) => {
        asked.push(['run', argv]);
        return Promise.reject(new MigrateError('failed', 'no https://me:hunter2@registry/'));
      },
    };
    const argv = ['ctr', 'pull', '--token', 'hunter2', '--password=hunter2', 'https://me:hunter2@registry/x'];
    await expect(logged(failing, (command) => told.push(command)).run(argv)).rejects.toThrow('hunter2');
    expect(told).toHaveLength(1);
    expect(told[0]?.argv.slice(0, 3)).toEqual(['ctr', 'pull', '--token']);
    expect(JSON.stringify(told)).not.toContain('hunter2');
    expect(told[0]?.error).toContain('registry');
    expect(asked).toEqual([['run', argv]]);
  });

  it('leaves a read-only host read-only', async () => {
    const told: LoggedCommand[] = [];
    const wrapped = logged(readOnly(fakeHost().host), (command) => told.push(command));
    expect(Object.keys(wrapped).sort()).toEqual(['dial', 'list', 'name', 'query', 'readFile', 'stat', 'via']);
    await wrapped.query(['true']);
    expect(told).toHaveLength(1);
  });
});
