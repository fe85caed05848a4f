import { describe, expect, it } from 'vitest';
import { CONTEXT, scanOf, WITHOUT_WORDS } from './scan-of.js';

const pod = (image: string, volume = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ${image}
${volume}`;

describe('an image from docker.io', () => {
  it('is no reason to look closer', () => {
    expect(CONTEXT.words.inText(pod('docker.io/library/nginx:1.25'))).toBe(false);
    expect(CONTEXT.words.inText(pod('docker.io/library/docker:24-cli'))).toBe(true);
  });

  it('hides nothing that stands beside it', () => {
    const socket = '  volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n';
    for (const image of ['docker.io/library/nginx:1.25', 'docker.io/datadog/agent:6', 'DOCKER.IO/library/docker:20']) {
      const text = pod(image, socket);
      expect(scanOf(text).found.length).toBeGreaterThan(0);
      expect(scanOf(text).found).toEqual(scanOf(text, 'file.yaml', WITHOUT_WORDS).found);
    }
  });
});
