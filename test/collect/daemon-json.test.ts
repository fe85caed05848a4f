import { describe, expect, it } from 'vitest';
import { daemonJson } from '../../src/collect/daemon-json.js';
import { createFileReader } from '../../src/collect/file-reader.js';
import { collectFakeNode } from './collect-fake-node.js';
import { fakeReadHost } from './fake-read-host.js';
import { kubeadmNode } from './kubeadm-node.js';
import { knownValue } from './known-value.js';

const PATH = '/etc/docker/daemon.json';
const read = (content?: string | Uint8Array) => {
  const host = fakeReadHost({ files: content === undefined ? {} : { [PATH]: content } });
  return daemonJson(host, createFileReader(host), PATH);
};
const MARKED = expect.stringMatching(/^http:\/\/u:[A-Za-z0-9_-]{8,}@p$/) as string;
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('daemon.json', () => {
  it.each<[string, string | Uint8Array | undefined, unknown]>([
    ['none', undefined, {}],
    ['empty', '', {}],
    ['white space', ' \n', {}],
    ['tabs', '{\n\t"debug": true\n}', { debug: true }],
    ['a byte order mark', '\uFEFF{"debug": true}', { debug: true }],
    ['UTF-16', utf16('{"labels": ["grün"]}'), { labels: ['grün'] }],
    ['a secret', '{"proxies": {"http-proxy": "http://u:pw@p"}}', { proxies: { 'http-proxy': MARKED } }],
  ])('%s', async (_name, content, value) => {
    expect(await read(content)).toEqual(value);
  });

  it.each([
    ['{"debug": true,}', 'is not understood, line 1: a comma'],
    ['{"debug": true}\n// on', 'is not understood, line 2: a comment'],
    ['["debug"]', 'is not understood, line 1: it is not a JSON object'],
    ['null', 'is not understood, line 1: it is not a JSON object'],
    ['{"log-opts": {"a": "1"},\n "log-opts": {"b": "2"}}', 'is not understood, line 2: "log-opts" is there twice'],
    ['{"log-opts": {"max-file": "1", "max-file": "2"}}', 'is not understood, line 1: "max-file" is there twice'],
  ])('%s is refused by name', async (content, why) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(`${PATH} on w9 ${why}`) as string,
    });
  });

  it('is read from where dockerd was told', async () => {
    const files = {
      '/proc/93/cmdline': '/usr/sbin/dockerd\0--config-file\0/srv/docker.json\0',
      '/srv/docker.json': '{"debug": true}',
    };
    const { inventory } = await collectFakeNode(kubeadmNode({ files }));
    expect(knownValue(inventory.docker).daemonJson).toEqual({ debug: true });
  });

  it('that does not parse makes Docker unknown, by its path', async () => {
    const { inventory } = await collectFakeNode(kubeadmNode({ files: { [PATH]: '{' } }));
    expect(inventory.docker).toMatchObject({
      known: false,
      why: expect.stringContaining(`${PATH} on w9 is not understood, line 1: it ends`) as string,
    });
  });
});
