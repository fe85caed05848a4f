import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Longer files are not read whole: a report must not need more memory than the machine that runs it has. */
export const LONGEST_FILE_BYTES = 32 * 1024 * 1024;

export type FileBytes = { readonly bytes: Uint8Array } | { readonly tooLong: true };

/** Reads files one after the other into a buffer that is used again: what it returns holds until the next call. */
export function fileBytesReader(): (path: string) => FileBytes {
  let buffer: Buffer = Buffer.allocUnsafeSlow(1 << 20);
  return (path) => {
    // Should a file have become a FIFO since it was listed, opening it must not wait for a writer.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      for (let length = 0; ;) {
        if (length > LONGEST_FILE_BYTES) return { tooLong: true };
        if (length === buffer.length) buffer = grown(buffer);
        const count = readSync(file, buffer, length, buffer.length - length, null);
        length += count;
        // A regular file gives less than was asked for only at its end.
        if (length < buffer.length) return { bytes: buffer.subarray(0, length) };
      }
    } finally {
      closeSync(file);
    }
  };
}

function grown(buffer: Buffer): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 4, LONGEST_FILE_BYTES + 1));
  buffer.copy(larger);
  return larger;
}
