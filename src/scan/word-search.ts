import type { NextName, Word } from '../rules/rule.js';
import { NEXT_TESTS } from './next-tests.js';

/** Calls `found` with the index of each word that a text holds, once; stops when that returns true, and returns it. */
export type WordSearch = (bytes: Uint8Array, found: (word: number) => boolean) => boolean;

/** How many characters behind a word its `next` gets to see. */
const NEXT_LENGTH = 24;

const STEP = 4;

/** Four characters that no manifest can do without make poor marks of a word. */
const FREQUENT = fourCharacters(
  'apiVersion kind metadata data name: namespace: labels: annotations: app.kubernetes.io spec: selector: matchLabels: template: ' +
    'containers: container image: imagePullPolicy: command: args: env: value: valueFrom: ports: containerPort: protocol: port: service: targetPort: number: ' +
    'resources: limits: requests: memory: volumeMounts: mountPath: volumes: configMap: secretKeyRef: livenessProbe: ' +
    'readinessProbe: securityContext: runAsNonRoot: runAsUser: privileged: serviceAccount: restartPolicy: terminationGrace ' +
    'registry.example.com/production service: cluster policy version source description type: true false default storage',
);

/**
 * Searches texts in ASCII, Latin-1 or UTF-8 for many words at once, at more than a gigabyte a second.
 *
 * A text is looked at in steps of four characters. Wherever a word of five characters or more stands, one of these steps
 * falls into it, with all its four characters or with three: so every word is marked by one such stretch for each of the
 * four ways it can lie, and a step that is no mark costs one look into a table.
 */
export function wordSearch(words: readonly Word[]): WordSearch {
  const texts = words.map(textOf);
  const next = words.map((word) => (typeof word === 'string' ? undefined : word.next));
  const short = texts.find((text) => text.length < 5 || !/^[\x20-\x7e]+$/.test(text));
  if (short !== undefined) throw new RangeError(`"${short}" is no word to search for: five ASCII characters at least`);

  const codes = texts.map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));
  const marks = new Int32Array(1 << HASH_BITS);
  const marked = new Map<number, Candidate[]>();
  codes.forEach((code, word) => {
    for (let lie = 0; lie < STEP; lie++) {
      const at = stretchOf(texts[word] ?? '', lie);
      for (const four of stretches(code, at)) {
        const hash = hashOf(four);
        marks[hash] = marks[hash] === 0 || marks[hash] === four ? four : SEVERAL;
        const candidates = marked.get(four);
        if (candidates === undefined) marked.set(four, [{ word, at }]);
        else candidates.push({ word, at });
      }
    }
  });

  const holds = (bytes: Uint8Array, start: number, word: number): boolean => {
    const code = codes[word];
    if (code === undefined || start < 0 || start + code.length > bytes.length) return false;
    for (let at = 0; at < code.length; at++) {
      if (LOWER[bytes[start + at] as number] !== code[at]) return false;
    }
    const follows = next[word];
    return follows === undefined || nextIs(follows, bytes, start + code.length);
  };

  return (given, found) => {
    const bytes = given.byteOffset % STEP === 0 ? given : Uint8Array.from(given);
    const whole = bytes.length >>> 2;
    const steps = new Uint32Array(bytes.buffer, bytes.byteOffset, whole);
    const seen = new Uint8Array(words.length);
    const see = (four: number, offset: number): boolean => {
      const candidates = marked.get(four);
      if (candidates === undefined) return false;
      for (const { word, at } of candidates) {
        if (seen[word] === 1 || !holds(bytes, offset - at, word)) continue;
        seen[word] = 1;
        if (found(word)) return true;
      }
      return false;
    };
    for (let at = nextMark(steps, 0, marks); at < whole; at = nextMark(steps, at + 1, marks)) {
      if (see((steps[at] as number) | CASE, STEP * at)) return true;
    }
    if (bytes.length % STEP === 0) return false;
    // What is left at the end, filled up.
    const rest = new Uint8Array(STEP);
    rest.set(bytes.subarray(STEP * whole));
    return see(fourOf(rest), STEP * whole);
  };
}

interface Candidate {
  readonly word: number;
  /** Where in the word the stretch begins; -1 when it begins one character before the word. */
  readonly at: number;
}

const HASH_BITS = 16;
const HASH_FACTOR = 0x9e3779b1;

/** Stands for more than one mark with the same hash. Like 0, it is none itself: those have the bits of `CASE`. */
const SEVERAL = 1;

/** Sets the bit that tells lower-case letters from upper-case ones, in four bytes. */
const CASE = 0x20202020;

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** As the search reads it: four bytes in the order of this machine, without case. */
const fourOf = (bytes: Uint8Array): number => fourIn(new Uint32Array(bytes.buffer));

const fourIn = (step: Uint32Array): number => (step[0] as number) | CASE;

const hashOf = (four: number): number => Math.imul(four, HASH_FACTOR) >>> (32 - HASH_BITS);

/**
 * Where in a word the stretch begins that marks it when the word lies so many characters behind a step: the one that
 * ordinary manifests hold least often. In a short word it may reach one character beyond.
 */
function stretchOf(text: string, lie: number): number {
  const first = (STEP - lie) % STEP;
  const frequent = (at: number): number => FREQUENT.get(text.slice(at, at + STEP)) ?? 0;
  let best: number | undefined;
  for (let at = first; at + STEP <= text.length; at += STEP) {
    if (best === undefined || frequent(at) < frequent(best)) best = at;
  }
  return best ?? (first + STEP - 1 <= text.length ? first : -1);
}

/** The next step that may be a mark. By itself, without a call in its loop, it runs three times as fast. */
function nextMark(steps: Uint32Array, from: number, marks: Int32Array): number {
  const { length } = steps;
  for (let at = from; at < length; at++) {
    const four = (steps[at] as number) | CASE;
    const mark = marks[Math.imul(four, HASH_FACTOR) >>> (32 - HASH_BITS)] as number;
    if (mark !== 0 && (mark === four || mark === SEVERAL)) return at;
  }
  return length;
}

/** Whether a word's `next` is content with what stands behind it. */
export function nextIs(next: RegExp | NextName, bytes: Uint8Array, offset: number): boolean {
  if (typeof next === 'string') return NEXT_TESTS[next](bytes, offset);
  return next.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', offset, offset + NEXT_LENGTH),
  );
}

/** How often ordinary manifests hold a word, as far as its rarest stretch tells; less for a longer one. */
export function commonness(text: string): number {
  let rarest = Number.POSITIVE_INFINITY;
  for (let at = 0; at + STEP <= text.length; at++) {
    rarest = Math.min(rarest, FREQUENT.get(text.slice(at, at + STEP).toLowerCase()) ?? 0);
  }
  return rarest + 1 / text.length;
}

/** The stretch at an offset; all that it can be where one of its characters is not the word's. */
function stretches(code: Uint8Array, at: number): readonly number[] {
  const bytes = new Uint8Array(STEP);
  const step = new Uint32Array(bytes.buffer);
  for (let index = 0; index < STEP; index++) bytes[index] = code[at + index] ?? 0;
  const open = at < 0 ? 0 : at + STEP > code.length ? STEP - 1 : undefined;
  if (open === undefined) return [fourIn(step)];
  const found: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    // Without case, half of them are the same.
    if ((byte & 0x20) === 0) continue;
    bytes[open] = byte;
    found.push(fourIn(step));
  }
  return found;
}

function fourCharacters(sample: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + STEP <= sample.length; at++) {
    const four = sample.slice(at, at + STEP).toLowerCase();
    counts.set(four, (counts.get(four) ?? 0) + 1);
  }
  return counts;
}

/** What is searched for, in lower case. */
export const textOf = (word: Word): string => (typeof word === 'string' ? word : word.word).toLowerCase();
