import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/manifests/decode-text.js';

const TEXT = 'kind: Pod\r\nname: "käse 🐳"\n';

const utf16 = (text: string, order: 'little' | 'big'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
};

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16LE with a mark', utf16(`\ufeff${TEXT}`, 'little')],
    ['UTF-16BE with a mark', utf16(`\ufeff${TEXT}`, 'big')],
    ['UTF-16LE without a mark', utf16(TEXT, 'little')],
    ['UTF-16BE without a mark', utf16(TEXT, 'big')],
  ])('reads %s', (_name, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: TEXT });
  });

  it('replaces what is no UTF-8', () => {
    expect(decodeText(Buffer.from([0x61, 0xff, 0x62]))).toEqual({ text: 'a\ufffdb' });
  });

  it('knows an empty file as a text', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '' });
  });

  it.each([
    ['an ELF header', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])],
    ['one NUL in a text', Buffer.from('kind: Pod\0\n')],
    ['a mark and NULs', Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0])],
  ])('tells %s from a text', (_name, bytes) => {
    expect(decodeText(bytes)).toEqual({ binary: true });
  });
});
