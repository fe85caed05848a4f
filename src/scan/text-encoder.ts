const SCRATCH_BYTES = 1 << 18;

/**
 * Texts as bytes in a buffer that is used again: what it returns holds until the next call. A cluster has a hundred thousand
 * texts to look into, and a buffer for each would lie about until somebody collects it.
 */
export function textEncoder(): (text: string) => Uint8Array {
  let scratch: Buffer | undefined;
  return (text) => {
    // In UTF-8 a code unit takes three bytes at most.
    if (3 * text.length > SCRATCH_BYTES) return Buffer.from(text, 'utf8');
    scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    return scratch.subarray(0, scratch.write(text, 'utf8'));
  };
}
