/** Stands where a secret was. */
const MASK = '***';

/** `scheme://user:password@host`: a password may hold an `@` itself, so the last one before the path counts. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'`]*):[^\s/"'`]+@/gi;

const SECRET_KEY = String.raw`(?:\bauth|identity_?token|registry_?token|password|passwd|secret|secret_?access_?key)`;

/** `"auth": "…"`, `password = '…'`. */
const QUOTED = new RegExp(String.raw`(${SECRET_KEY}["']?\s*[:=]\s*)(["'])(?:(?!\2)[^\\\n]|\\.)+\2`, 'gi');

/** `PASSWORD=…`, `auth: …`, to the end of the word; neither `auth: true` nor the start of a table or a list. */
const BARE = new RegExp(String.raw`(${SECRET_KEY}\s*[:=][ \t]*)(?!true\b|false\b|null\b|\*\*\*)[^\s"'{}[\],;#]+`, 'gi');

/** `docker login -u ci -p …`, `--password …`. */
const LOGIN = /(\blogin\b[^\n;|&]{0,400}?\s(?:-p|--password)(?:\s+|=))("[^"\n]*"|'[^'\n]*'|[^\s"'`]+)/g;

const PRIVATE_KEY = /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(-----END|$)/g;

/** A configuration text without the passwords and registry credentials in it; the text itself where there are none. */
export function redactSecrets(text: string): string {
  const withoutKeys = text
    .replace(PRIVATE_KEY, `$1${MASK}$2`)
    .replace(URL_PASSWORD, `$1:${MASK}@`)
    .replace(LOGIN, `$1${MASK}`);
  return withoutKeys.replace(QUOTED, `$1$2${MASK}$2`).replace(BARE, `$1${MASK}`);
}
