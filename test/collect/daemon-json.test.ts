import { describe, expect, it } from 'vitest';
import { daemonJson } from '../../src/collect/daemon-json.js';
import { duplicateKey } from '../../src/collect/duplicate-key.js';
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
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('daemon.json', () => {
  it.each<[string, string | Uint8Array | undefined, unknown]>([
    ['none', undefined, {}],
    ['empty', '', {}],
    ['white space', ' \n', {}],
    ['tabs', '{\n\t"debug": true\n}', { debug: true }],
    ['a byte order mark', '\uFEFF{"debug": true}', { debug: true }],
    ['UTF-16', utf16('{"labels": ["grün"]}'), { labels: ['grün'] }],
    ['a secret', '{"proxies": {"http-proxy": "http://u:pw@p"}}', { proxies: { 'http-proxy': 'http://u:***@p' } }],
  ])('%s', async (_name, content, value) => {
    expect(await read(content)).toEqual(value);
  });

  it.each([
    ['{"debug": true,}', 'is not valid JSON'],
    ['{"debug": true} // on', 'is not valid JSON'],
    ['["debug"]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['{"log-opts": {"a": "1"}, "log-opts": {"b": "2"}}', 'says "log-opts" twice'],
    ['{"log-opts": {"max-file": "1", "max-file": "2"}}', 'says "max-file" twice'],
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
      why: expect.stringContaining(`${PATH} on w9 is not valid JSON`) as string,
    });
  });
});

describe('duplicateKey', () => {
  it.each([
    ['{"a": 1, "b": {"a": 2}, "c": [{"a": 1}, {"a": 1}]}', undefined],
    ['{"a": "\\"a\\": {", "b": "}"}', undefined],
    ['{"a": 1, "\\u0061": 2}', 'a'],
    ['[{"x" : 1, "x" : 2}]', 'x'],
  ])('%s', (json, key) => {
    expect(duplicateKey(json)).toBe(key);
  });
});
