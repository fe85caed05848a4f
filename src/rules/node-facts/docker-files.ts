import { parseUnitFile } from '../../config/text/unit-file.js';
import type { FileFacts } from '../../core/inventory.js';
import type { TargetRuntime } from '../../core/scan-report.js';
import type { Hit } from '../rule.js';
import { targetRuntime } from './target-runtime.js';

/** What Docker is told outside daemon.json on a node: certificates of registries, proxies. Nothing else reads them there. */
export function* dockerFiles(
  files: Readonly<Record<string, FileFacts>>,
  target: TargetRuntime,
): Generator<Hit & { readonly evidence: string }> {
  const existing = Object.entries(files).filter(([, { exists }]) => exists);
  const registries = new Set(existing.flatMap(([path]) => /^\/etc\/docker\/certs\.d\/([^/]+)\//.exec(path)?.[1] ?? []));
  for (const registry of [...registries].sort()) {
    const directory = `/etc/docker/certs.d/${registry}`;
    // CRI-O looks there as well, as long as Docker's files stay.
    if (target === 'crio') continue;
    yield {
      message: `${directory} holds certificates for Docker; containerd does not trust this registry where \`migrate\` does not carry them over.`,
      fix: `Write /etc/containerd/certs.d/${registry}/hosts.toml and name the certificates there, or let \`migrate\` do it.`,
      evidence: directory,
    };
  }
  const { unit } = targetRuntime(target);
  for (const [path, { content }] of existing) {
    if (!/\/docker\.service(?:\.d\/[^/]+\.conf)?$/.test(path)) continue;
    const proxy = parseUnitFile(content).find(
      ({ key, value }) => key === 'Environment' && /\b(?:HTTPS?|NO)_PROXY=/i.test(value),
    );
    if (proxy === undefined) continue;
    // The line is named and not quoted: proxies come with passwords.
    yield {
      message: `${path}, line ${proxy.line}, gives Docker a proxy; ${unit} pulls images without it where \`migrate\` does not carry it over.`,
      fix: `Set the same variables in a drop-in of ${unit}, or let \`migrate\` do it.`,
      evidence: path,
    };
  }
}
