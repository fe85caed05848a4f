import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../src/core/redact-secrets.js';

describe('redactSecrets', () => {
  it.each([
    ['HTTP_PROXY=http://joe:s3cret@proxy:3128', 'HTTP_PROXY=http://joe:***@proxy:3128'],
    ['"https://joe:s3@cret@h/x" http://a:b@c', '"https://joe:***@h/x" http://a:***@c'],
    ['{"auths": {"r.io": {"auth": "am9lOnMz"}}}', '{"auths": {"r.io": {"auth": "***"}}}'],
    ['  password = "s3\\"cret" # comment', '  password = "***" # comment'],
    ["identitytoken = 's3cret'", "identitytoken = '***'"],
    ['identity_token: s3cret\nnext: x', 'identity_token: ***\nnext: x'],
    ['REGISTRY_PASSWORD=s3cret OTHER=x', 'REGISTRY_PASSWORD=*** OTHER=x'],
    ['"AWS_SECRET_ACCESS_KEY=s3cret"', '"AWS_SECRET_ACCESS_KEY=***"'],
    [
      'docker login -u ci -p s3cret r.io && docker run -p 80:80 x',
      'docker login -u ci -p *** r.io && docker run -p 80:80 x',
    ],
    ["docker login --password 's3 cret' r.io", "docker login --password '***' r.io"],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\n',
      '-----BEGIN RSA PRIVATE KEY-----\n***\n-----END RSA PRIVATE KEY-----\n',
    ],
  ])('%j', (text, redacted) => {
    expect(redactSecrets(text)).toBe(redacted);
    expect(redactSecrets(redacted)).toBe(redacted);
  });

  it.each([
    'registry-mirrors: ["https://mirror.example:5000/a:b@sha256:12"]',
    'KUBELET_KUBEADM_ARGS="--network-plugin=cni --authentication-token-webhook=true --image=k8s.gcr.io/pause:3.4.1"',
    'authentication:\n  anonymous: {enabled: false}\nauthorization: {mode: Webhook}\n',
    'auth = ""\npassword: ""\n[plugins."io.containerd.grpc.v1.cri".registry.configs."r".auth]\n',
    'endpoint = ["https://10.0.0.5:5000"] # user@example.com',
    'clientCAFile: /etc/kubernetes/pki/ca.crt',
    'DOCKER_OPTS="-H tcp://127.0.0.1:2375 -H unix:///var/run/docker.sock"',
  ])('leaves alone %j', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });
});
