import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseUnitFile } from '../text/unit-file.js';

/** What Docker is told outside daemon.json and containerd will not know: certificates of registries, proxies. */
export function dockerFileNotices(files: Readonly<Record<string, FileFacts>>): readonly Notice[] {
  const existing = Object.entries(files).filter(([, { exists }]) => exists);
  const registries = new Set(existing.flatMap(([path]) => /^\/etc\/docker\/certs\.d\/([^/]+)\//.exec(path)?.[1] ?? []));
  const notices = [...registries].sort().map((registry): Notice => {
    const message = `/etc/docker/certs.d/${registry} is not carried over: containerd does not trust this registry's certificate`;
    const fix = `write /etc/containerd/certs.d/${registry}/hosts.toml and name the certificates there`;
    return { gate: 'docker-files', level: 'warning', message, fix };
  });
  for (const [path, { content }] of existing) {
    if (!/\/docker\.service(?:\.d\/[^/]+\.conf)?$/.test(path)) continue;
    const proxy = parseUnitFile(content).find(
      ({ key, value }) => key === 'Environment' && /\b(?:HTTPS?|NO)_PROXY=/i.test(value),
    );
    if (proxy === undefined) continue;
    // The line is named and not quoted: proxies come with passwords.
    const message = `${path}, line ${proxy.line}, gives Docker a proxy, which is not carried over: containerd pulls images without it`;
    notices.push({
      gate: 'docker-files',
      level: 'warning',
      message,
      fix: 'set the same variables in a drop-in of containerd.service',
    });
  }
  return notices;
}
