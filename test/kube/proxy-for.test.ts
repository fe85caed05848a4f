import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/kube/proxy-for.js';

const HTTPS_PROXY = 'http://proxy:3128';

describe('proxyFor', () => {
  it.each([
    ['none', 'https://api.example:6443', {}, undefined],
    ['https', 'https://api.example:6443', { HTTPS_PROXY }, HTTPS_PROXY],
    ['lower case', 'https://api.example:6443', { https_proxy: HTTPS_PROXY }, HTTPS_PROXY],
    ['without a scheme', 'https://api.example', { HTTPS_PROXY: 'proxy:3128' }, HTTPS_PROXY],
    ['that of http does not count', 'https://api.example', { HTTP_PROXY: HTTPS_PROXY }, undefined],
    ['this machine', 'https://127.0.0.1:6443', { HTTPS_PROXY }, undefined],
    ['excepted by name', 'https://api.example', { HTTPS_PROXY, NO_PROXY: 'other,api.example' }, undefined],
    ['excepted by domain', 'https://api.example', { HTTPS_PROXY, NO_PROXY: 'example' }, undefined],
    ['excepted by domain with a dot', 'https://api.example', { HTTPS_PROXY, NO_PROXY: '.example' }, undefined],
    ['a name that only ends alike', 'https://myexample', { HTTPS_PROXY, NO_PROXY: 'example' }, HTTPS_PROXY],
    ['excepted by port', 'https://api.example:6443', { HTTPS_PROXY, NO_PROXY: 'api.example:6443' }, undefined],
    ['another port', 'https://api.example:6443', { HTTPS_PROXY, NO_PROXY: 'api.example:443' }, HTTPS_PROXY],
    ['everything', 'https://api.example', { HTTPS_PROXY, no_proxy: '*' }, undefined],
    ['in a network', 'https://10.1.2.3:6443', { HTTPS_PROXY, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['outside of it', 'https://11.1.2.3:6443', { HTTPS_PROXY, NO_PROXY: '10.0.0.0/8' }, HTTPS_PROXY],
    ['in no network by name', 'https://api.example', { HTTPS_PROXY, NO_PROXY: '0.0.0.0/0' }, HTTPS_PROXY],
  ])('%s', (_name, server, env, expected) => {
    expect(proxyFor(server, env)).toBe(expected);
  });
});
