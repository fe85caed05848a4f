import { isMap, parseDocument, Scalar, visit, YAMLMap, type Document } from 'yaml';
import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { RegistryCertificates, RegistryIntent } from '../runtime-intent.js';
import { understood, notUnderstood, type Parsed } from '../text/parsed.js';
import type { K3sProduct } from './k3s-product.js';

/**
 * `registries.yaml`, from which k3s makes containerd's `hosts.toml` at each start, and the certificates that it names. What
 * it says already of a registry stays. No files where Docker has nothing to say.
 */
export function k3sRegistries(
  { registriesPath, certsDir, name }: K3sProduct,
  { mirrors, insecure, certificates }: RegistryIntent,
  files: Readonly<Record<string, FileFacts>>,
): Parsed<readonly GeneratedFile[]> {
  if (mirrors.length + insecure.length + certificates.length === 0) return understood([]);
  const existing = files[registriesPath];
  const document = parseDocument(existing?.exists === true ? existing.content : '');
  const [error] = document.errors;
  if (error !== undefined) {
    return notUnderstood(error.linePos?.[0].line ?? 1, error.message.split(/ at line \d|\n/)[0] ?? 'it is not YAML');
  }
  if (document.contents === null || document.toJS() === null) document.contents = document.createNode({}) as never;
  if (!isMap(document.contents)) return notUnderstood(1, 'it is no mapping of keys to values');

  if (mirrors.length > 0) setNew(document, ['mirrors', 'docker.io', 'endpoint'], mirrors);
  for (const host of insecure) {
    setNew(document, ['mirrors', host, 'endpoint'], [`https://${host}`, `http://${host}`]);
  }
  const copies = certificates.flatMap((one) => certificateFiles(certsDir, one, files));
  for (const { host, ca, client } of certificates) {
    const dir = `${certsDir}/${host}`;
    const pair = client[0];
    if (ca.length > 0) setNew(document, ['configs', host, 'tls', 'ca_file'], `${dir}/ca.crt`);
    if (pair !== undefined) {
      setNew(document, ['configs', host, 'tls', 'cert_file'], `${dir}/client.cert`);
      setNew(document, ['configs', host, 'tls', 'key_file'], `${dir}/client.key`);
    }
  }
  for (const host of insecure) setNew(document, ['configs', host, 'tls', 'insecure_skip_verify'], true);

  const content = document.toString({ lineWidth: 0 });
  const why = `registries as Docker has them; ${name} makes containerd's hosts.toml from it`;
  const mode = existing?.exists === true ? existing.mode : 0o600;
  return understood([{ group: 'runtime', path: registriesPath, mode, content, why }, ...copies]);
}

/** Values in double quotes, as the distribution's own documentation has them; names only where YAML asks for them. */
function setNew(document: Document, path: readonly string[], value: string | boolean | readonly string[]): void {
  if (document.hasIn(path)) return;
  for (let depth = 1; depth < path.length; depth += 1) {
    const parent = path.slice(0, depth);
    if (!isMap(document.getIn(parent, true))) document.setIn(keyed(parent), new YAMLMap());
  }
  const node = document.createNode(value);
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string') scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  document.setIn(keyed(path), node);
}

/** A name with a port in it is a name all the same; quotes leave no doubt. */
function keyed(path: readonly string[]): unknown[] {
  const last = path.at(-1) ?? '';
  const key = new Scalar(last);
  if (last.includes(':')) key.type = Scalar.QUOTE_DOUBLE;
  return [...path.slice(0, -1), key];
}

function certificateFiles(
  certsDir: string,
  { host, ca, client }: RegistryCertificates,
  files: Readonly<Record<string, FileFacts>>,
): GeneratedFile[] {
  const pair = client[0];
  const content = (path: string): string => files[path]?.content ?? '';
  const why = `certificates for ${host}, out of Docker's directory`;
  const file = (name: string, mode: number, text: string): GeneratedFile => ({
    ...{ group: 'runtime', path: `${certsDir}/${host}/${name}`, mode, content: text, why },
  });
  return [
    ...(ca.length === 0 ? [] : [file('ca.crt', 0o644, ca.map(content).join(''))]),
    ...(pair === undefined
      ? []
      : [file('client.cert', 0o644, content(pair.cert)), file('client.key', 0o600, content(pair.key))]),
  ];
}
