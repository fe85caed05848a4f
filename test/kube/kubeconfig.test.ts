import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterAccess } from '../../src/kube/cluster-access.js';
import { temporaryDirectory, writeKubeconfig } from './write-kubeconfig.js';
import { matching } from './containing.js';

const part = (name: string, server: string): string =>
  JSON.stringify({
    'current-context': name,
    contexts: [
      { name, context: { cluster: name, user: name } },
      { name: 'shared', context: { cluster: name, user: name } },
    ],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token: name } }],
  });

async function file(content: string, name = 'config'): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  await writeFile(path, content);
  return path;
}

describe('clusterAccess', () => {
  it('merges the files of KUBECONFIG: the first that has something counts, missing ones do not', async () => {
    const one = await file(part('one', 'https://one:6443/'));
    const two = await file(part('two', 'https://two:6443'));
    const KUBECONFIG = `/nowhere/config:${one}::${two}`;
    expect(await clusterAccess({}, { KUBECONFIG })).toMatchObject({
      context: 'one',
      server: 'https://one:6443',
      userName: 'one',
      file: one,
    });
    expect(await clusterAccess({ context: 'two' }, { KUBECONFIG })).toMatchObject({
      server: 'https://two:6443',
      user: { token: 'two' },
      file: two,
    });
    expect(await clusterAccess({ context: 'shared' }, { KUBECONFIG })).toMatchObject({ server: 'https://one:6443' });
    expect(await clusterAccess({ kubeconfig: two }, { KUBECONFIG })).toMatchObject({ context: 'two' });
  });

  it('falls back to the home directory', async () => {
    const HOME = await temporaryDirectory();
    await expect(clusterAccess({}, { HOME })).rejects.toMatchObject({
      code: 'input',
      message: `there is no kubeconfig (looked for ${HOME}/.kube/config)`,
    });
    await mkdir(join(HOME, '.kube'));
    await writeFile(join(HOME, '.kube/config'), part('home', 'https://home:6443'));
    expect(await clusterAccess({}, { HOME })).toMatchObject({ context: 'home' });
  });

  it('takes relative paths from the directory of the kubeconfig', async () => {
    const path = await writeKubeconfig('https://lab:6443', {
      user: { 'client-certificate': 'pki/me.crt', 'client-key': '../me.key' },
    });
    await expect(clusterAccess({ kubeconfig: path }, {})).rejects.toMatchObject({
      code: 'input',
      message: `client-certificate of kubeconfig ${path} is ${join(path, '../pki/me.crt')}, which does not exist`,
    });
  });

  it.each([
    ['missing', undefined, /does not exist$/],
    ['empty', '', /is not a kubeconfig/],
    ['no YAML', 'clusters: [\n  {', /is not valid YAML \(line \d\)/],
    ['something else', '- 1\n- 2', /is not a kubeconfig/],
    ['without a current context', '{"contexts":[{"name":"a","context":{"cluster":"a"}}]}', /sets no current-context$/],
    [
      'with a context that is not there',
      '{"current-context":"b","contexts":[{"name":"a","context":{}}]}',
      /has no context "b"$/,
    ],
    [
      'without the cluster',
      '{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}]}',
      /names the cluster "c", which is not there$/,
    ],
    [
      'without the user',
      '{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"https://x"}}]}',
      /names the user "u", which is not there$/,
    ],
    [
      'without a server',
      '{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}],"clusters":[{"name":"c","cluster":{}}]}',
      /has no usable server: none is set$/,
    ],
    [
      'with a server that is no URL',
      '{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}],"clusters":[{"name":"c","cluster":{"server":"10.0.0.1:6443"}}]}',
      /has no usable server: 10\.0\.0\.1:6443$/,
    ],
  ])('names a kubeconfig that is %s', async (_name, content, message) => {
    const path = content === undefined ? '/nowhere/config' : await file(content);
    const failure = await clusterAccess({ kubeconfig: path }, {}).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'MigrateError', code: 'input', message: matching(message) });
    expect((failure as Error).message).toContain(path);
  });

  it('lists the contexts there are', async () => {
    const path = await file(part('one', 'https://one:6443'));
    await expect(clusterAccess({ kubeconfig: path, context: 'prod' }, {})).rejects.toMatchObject({
      code: 'input',
      hint: 'it has: one, shared',
    });
  });

  it('says why a file cannot be read, and shows nothing of its content', async () => {
    const directory = await temporaryDirectory();
    await expect(clusterAccess({ kubeconfig: directory }, {})).rejects.toMatchObject({
      code: 'input',
      message: `kubeconfig ${directory} cannot be read: it is a directory`,
    });
    const secret = await file('users:\n- user: {token: "s3cr3t-token\n');
    const failure = await clusterAccess({ kubeconfig: secret }, {}).catch((error: unknown) => error);
    expect((failure as Error).message).toMatch(/is not valid YAML/);
    expect((failure as Error).message).not.toContain('s3cr3t');
  });
});
