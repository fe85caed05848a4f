import type { Span } from './span-node.js';

/** The bodies of a MIME message of several parts, as cloud-init takes user data; undefined when it is none. */
export function mimeParts(text: string): Span[] | undefined {
  const head = text.slice(0, 2000);
  if (!/^\s*(?:Content-Type|MIME-Version|From|Subject):/i.test(head)) return undefined;
  const boundary = /^Content-Type:\s*multipart\/[^\r\n]*(?:[\r\n]+[ \t][^\r\n]*)?\bboundary="?([^"\s;]+)/im.exec(
    head,
  )?.[1];
  if (boundary === undefined) return undefined;
  const spans: Span[] = [];
  const marker = `--${boundary}`;
  let at = text.indexOf(marker);
  while (at !== -1) {
    const next = text.indexOf(marker, at + marker.length);
    const end = next === -1 ? text.length : next;
    const headers = /\r?\n[ \t]*\r?\n/.exec(text.slice(at, Math.min(end, at + 2000)));
    if (headers !== null) spans.push({ start: at + headers.index + headers[0].length, end });
    at = next;
  }
  return spans;
}
