import type { Word } from '../rules/rule.js';

/** Calls `found` with the index of each word that a text holds, once; stops when that returns true, and returns it. */
export type WordSearch = (bytes: Uint8Array, found: (word: number) => boolean) => boolean;

/** How many characters behind a word its `next` gets to see. */
const NEXT_LENGTH = 24;

/** Four characters that no manifest can do without make poor marks of a word. */
const FREQUENT = fourCharacters(
  'apiVersion kind metadata name: namespace: labels: annotations: app.kubernetes.io spec: selector: matchLabels: template: ' +
    'containers: container image: imagePullPolicy: command: args: env: value: valueFrom: ports: containerPort: protocol: ' +
    'resources: limits: requests: memory: volumeMounts: mountPath: volumes: configMap: secretKeyRef: livenessProbe: ' +
    'readinessProbe: securityContext: runAsNonRoot: runAsUser: privileged: serviceAccount: restartPolicy: terminationGrace ' +
    'registry.example.com/production service: cluster policy version source description type: true false default storage',
);

/**
 * Searches texts in ASCII, Latin-1 or UTF-8 for many words at once, at more than a gigabyte a second.
 *
 * Wherever a word of five characters or more stands, four of its characters begin at an even offset. So every word is marked
 * by two of its four-character stretches, one for each parity, and only every second offset of a text is looked up.
 */
export function wordSearch(words: readonly Word[]): WordSearch {
  const texts = words.map(textOf);
  const next = words.map((word) => (typeof word === 'string' ? undefined : word.next));
  const short = texts.find((text) => text.length < 5 || !/^[\x20-\x7e]+$/.test(text));
  if (short !== undefined) throw new RangeError(`"${short}" is no word to search for: five ASCII characters at least`);

  const codes = texts.map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));
  const marks = new Uint8Array(1 << HASH_BITS);
  const marked = new Map<number, { readonly word: number; readonly at: number }[]>();
  codes.forEach((code, word) => {
    const first = rarest(texts[word] ?? '');
    for (const at of [first, first + 1]) {
      const four = fourAt(code.slice(at, at + 4));
      marks[hashOf(four)] = 1;
      marked.set(four, [...(marked.get(four) ?? []), { word, at }]);
    }
  });

  const holds = (bytes: Uint8Array, start: number, word: number): boolean => {
    const code = codes[word];
    if (code === undefined || start < 0 || start + code.length > bytes.length) return false;
    for (let at = 0; at < code.length; at++) {
      if (LOWER[bytes[start + at] as number] !== code[at]) return false;
    }
    const pattern = next[word];
    if (pattern === undefined) return true;
    const after = start + code.length;
    return pattern.test(String.fromCharCode(...bytes.subarray(after, after + NEXT_LENGTH)));
  };

  return (given, found) => {
    const bytes = given.byteOffset % 2 === 0 ? given : Uint8Array.from(given);
    const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
    const { length } = pairs;
    const seen = new Uint8Array(words.length);
    const see = (four: number, offset: number): boolean => {
      for (const { word, at } of marked.get(four) ?? []) {
        if (seen[word] === 1 || !holds(bytes, offset - at, word)) continue;
        seen[word] = 1;
        if (found(word)) return true;
      }
      return false;
    };

    let before = (length > 0 ? (pairs[0] as number) : 0) | CASE;
    for (let at = 1; at < length; at++) {
      const pair = (pairs[at] as number) | CASE;
      const four = (before | (pair << 16)) >>> 0;
      before = pair;
      if (marks[Math.imul(four, HASH_FACTOR) >>> (32 - HASH_BITS)] === 1 && see(four, 2 * at - 2)) return true;
    }
    // The last four characters of a text with an odd length begin at an odd offset, and a word may end with them.
    const odd = bytes.length % 2 === 1 && bytes.length > 4;
    return odd && see(fourAt(Uint8Array.from(bytes.subarray(-4))), bytes.length - 4);
  };
}

const HASH_BITS = 16;
const HASH_FACTOR = 0x9e3779b1;

/** Sets the bit that tells lower-case letters from upper-case ones, in two bytes. */
const CASE = 0x2020;

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

const hashOf = (four: number): number => Math.imul(four, HASH_FACTOR) >>> (32 - HASH_BITS);

/** As the search reads them: two pairs of bytes, in the order of this machine, without case. */
function fourAt(bytes: Uint8Array): number {
  const [low = 0, high = 0] = new Uint16Array(bytes.buffer, bytes.byteOffset, 2);
  return (low | CASE | ((high | CASE) << 16)) >>> 0;
}

/** Where in a word the two stretches begin that ordinary manifests hold least often. */
function rarest(text: string): number {
  const frequent = (at: number): number => FREQUENT.get(text.slice(at, at + 4)) ?? 0;
  let best = 0;
  for (let at = 1; at + 5 <= text.length; at++) {
    if (frequent(at) + frequent(at + 1) < frequent(best) + frequent(best + 1)) best = at;
  }
  return best;
}

function fourCharacters(sample: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 4 <= sample.length; at++) {
    const four = sample.slice(at, at + 4).toLowerCase();
    counts.set(four, (counts.get(four) ?? 0) + 1);
  }
  return counts;
}

const textOf = (word: Word): string => (typeof word === 'string' ? word : word.word).toLowerCase();
