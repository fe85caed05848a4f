import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/hosts/redact.js';
import { redactArgv } from '../../src/hosts/redact-argv.js';

const SECRET = 'hunter2xyz';

describe('redact', () => {
  it.each([
    `https://me:${SECRET}@registry.example.com/v2/`,
    `HTTP_PROXY=http://me:${SECRET}@proxy:3128 NO_PROXY=localhost`,
    `Authorization: Basic ${SECRET}`,
    `authorization: Bearer ${SECRET}`,
    `"Authorization": "Bearer ${SECRET}"`,
    `Authorization=${SECRET}`,
    `Proxy-Authorization: Digest ${SECRET}`,
    `curl -H 'Authorization: token-${SECRET}' x`,
    `--password=${SECRET}`,
    `--registry-token=${SECRET}`,
    `--password="${SECRET} more"`,
    `password='${SECRET} more'`,
    `AWS_SECRET_ACCESS_KEY=${SECRET}`,
    `{"auths":{"r":{"auth":"${SECRET}"}}}`,
    `{ "auth" : "${SECRET}\\"${SECRET}" }`,
    `"identitytoken": "${SECRET}"`,
    `"password": "${SECRET}"`,
    `  auth = "${SECRET}"`,
    `  password = "${SECRET}"`,
    `user:\n  token: ${SECRET}\n`,
    `    client-key-data: ${SECRET}\n`,
    `{"auth": "${SECRET}`,
    `--password="${SECRET} cut off`,
    `token: "${SECRET}"`,
    `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`,
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${SECRET}\ncut off`,
  ])('hides the secret in %j', (text) => {
    const hidden = redact(text);
    expect(hidden).not.toContain(SECRET);
    expect(hidden).toContain('[redacted]');
    expect(redact(hidden)).toBe(hidden);
  });

  it.each([
    'https://registry.example.com:5000/v2/',
    'https://user@registry.example.com/',
    'ssh://git@host/x',
    'unix:///run/docker.sock',
    '--token-ttl 5m --pod-infra-container-image=k8s.gcr.io/pause:3.4.1',
    'the password was wrong, the token has expired',
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
    '{"auths":{}}',
    'author = "me"',
    'no secret, nothing to see: a=b',
  ])('leaves %j', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('keeps what stands around a secret', () => {
    expect(redact(`GET https://me:${SECRET}@r/v2 and https://you:${SECRET}@r/v3`)).toBe(
      'GET https://me:[redacted]@r/v2 and https://you:[redacted]@r/v3',
    );
    expect(redact(`{"auth":"${SECRET}","email":"a@b"}`)).toBe('{"auth":"[redacted]","email":"a@b"}');
    const key = `a\n-----BEGIN EC PRIVATE KEY-----\n${SECRET}\n-----END EC PRIVATE KEY-----\nb`;
    expect(redact(key)).toBe('a\n-----BEGIN EC PRIVATE KEY-----[redacted]-----END EC PRIVATE KEY-----\nb');
  });

  it('never fails and ends soon, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(redact(redact(text))).toBe(redact(text));
      }),
    );
    const startedAt = performance.now();
    redact('password'.repeat(20_000));
    redact('-----BEGIN PRIVATE KEY-----'.repeat(3_000));
    redact(`http://${'a:'.repeat(50_000)}`);
    redact('\n \t'.repeat(50_000));
    redact('"auth": "'.repeat(20_000));
    redact('bearer authorization: '.repeat(5_000));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('redactArgv', () => {
  it('hides the word after a flag that takes a secret', () => {
    expect(
      redactArgv(['x', '--password', SECRET, '--creds', `me:${SECRET}`, '--bearer-token', SECRET, '-p', '80']),
    ).toEqual([
      ...['x', '--password', '[redacted]', '--creds', '[redacted]', '--bearer-token', '[redacted]', '-p', '80'],
    ]);
  });
  it('hides secrets within words', () => {
    expect(redactArgv([`--token=${SECRET}`, `http://a:${SECRET}@b`])).toEqual([
      '--token=[redacted]',
      'http://a:[redacted]@b',
    ]);
  });
});
