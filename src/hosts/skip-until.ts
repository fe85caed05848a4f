import { Transform } from 'node:stream';

/** Passes on what follows the first occurrence of `mark`, and tells when that was seen. */
export function skipUntil(mark: string, seen: () => void): Transform {
  let before: Buffer | undefined = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (before === undefined) return done(null, chunk);
      before = Buffer.concat([before, chunk]);
      const at = before.indexOf(mark);
      if (at === -1) return done();
      const rest = before.subarray(at + mark.length);
      before = undefined;
      seen();
      return rest.length === 0 ? done() : done(null, rest);
    },
  });
}
