const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16LE = new TextDecoder('utf-16le', { ignoreBOM: true });
const UTF16BE = new TextDecoder('utf-16be', { ignoreBOM: true });

/** Enough to tell UTF-16 from UTF-8 and text from binary. */
const HEAD_BYTES = 8192;

/**
 * The text of a file in UTF-8 or UTF-16, without its byte order mark. Bytes that are no valid UTF-8 become U+FFFD. Editors on
 * Windows write UTF-16, and PowerShell's `>` does; not all of them write the mark.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly binary: true } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return checked(UTF8, bytes.subarray(3));
  if (first === 0xff && second === 0xfe) return checked(UTF16LE, bytes.subarray(2));
  if (first === 0xfe && second === 0xff) return checked(UTF16BE, bytes.subarray(2));
  const nul = bytes.indexOf(0);
  if (nul === -1) return { text: UTF8.decode(bytes) };
  const half = nulHalf(bytes.subarray(0, HEAD_BYTES));
  return half === undefined ? { binary: true } : checked(half === 1 ? UTF16LE : UTF16BE, bytes);
}

function checked(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
): { readonly text: string } | { readonly binary: true } {
  const text = decoder.decode(bytes);
  return text.includes('\0') ? { binary: true } : { text };
}

/** Which byte of each pair is nearly always NUL, as in UTF-16 of Latin text; undefined when neither or both. */
function nulHalf(head: Uint8Array): 0 | 1 | undefined {
  const pairs = head.length >> 1;
  const nuls: [number, number] = [0, 0];
  for (let index = 0; index < pairs * 2; index++) if (head[index] === 0) nuls[(index & 1) as 0 | 1]++;
  const [even, odd] = nuls;
  if (even === 0 && odd > pairs * 0.5) return 1;
  if (odd === 0 && even > pairs * 0.5) return 0;
  return undefined;
}
