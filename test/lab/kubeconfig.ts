import { stringify } from 'yaml';

/** A kubeconfig in which a user's certificate is either inside or, as kubeadm does it on nodes, in a file. */
export function kubeconfig(
  server: string,
  ca: string,
  name: string,
  user: { readonly certificate: string; readonly key: string } | { readonly file: string },
): string {
  const credentials =
    'file' in user
      ? { 'client-certificate': user.file, 'client-key': user.file }
      : { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) };
  return stringify({
    apiVersion: 'v1',
    clusters: [{ cluster: { 'certificate-authority-data': base64(ca), server }, name: 'kubernetes' }],
    contexts: [{ context: { cluster: 'kubernetes', user: name }, name: `${name}@kubernetes` }],
    'current-context': `${name}@kubernetes`,
    kind: 'Config',
    preferences: {},
    users: [{ name, user: credentials }],
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
