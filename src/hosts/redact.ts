const HIDDEN = '[redacted]';

/**
 * Each pattern keeps what names the secret as its first group and may keep what ends it as its second. None begins with
 * something repeated, so that a long text costs no more than its length; a quoted value that was cut off counts as
 * well.
 */
const SECRETS: readonly RegExp[] = [
  // user:password@ in a URL; the user alone is no secret
  /(:\/\/[^\s/:@'"]*:)[^\s/'"]+(@)/g,
  /((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(?:basic|bearer|digest|negotiate)\s+)?[^\s"',;]+/gi,
  /(\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  // "auth": "…" of a Docker config.json, and its relatives
  /("(?:auth|identitytoken|registrytoken|password|passwd|token|secret|client[-_]?secret|access[-_]?token|client-key-data)"\s*:\s*")(?:[^"\\]|\\.)*("|$)/gi,
  // --password=…, registry_token=…, AWS_SECRET_ACCESS_KEY=…, TOML's password = "…"
  /((?:password|passwd|passphrase|token|secret|access[-_]?key|api[-_]?key)["']?\s*=\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|[^\s"'&,;]+)/gi,
  /(\bauth\s*=\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$))/gi,
  /^([ \t]*(?:-[ \t]+)?(?:password|passwd|token|client-key-data|identitytoken)[ \t]*:[ \t]+)[^\s{[][^\n]*$/gim,
];

// A block that was cut off counts as well: what is there of it is as secret.
const PRIVATE_KEY = /(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)[\s\S]*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$(?![\s\S]))/g;

/** The text with its secrets hidden: passwords in URLs, Authorization, password and token values, private keys. */
export function redact(text: string): string {
  const keyless = text.replace(PRIVATE_KEY, (_all, begin: string, end: string) => `${begin}${HIDDEN}${end}`);
  return SECRETS.reduce(
    (hidden, pattern) =>
      hidden.replace(pattern, (_all, before: string, after: unknown) => {
        return `${before}${HIDDEN}${typeof after === 'string' ? after : ''}`;
      }),
    keyless,
  );
}
