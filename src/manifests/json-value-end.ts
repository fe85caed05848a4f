import { stringEnd } from './string-end.js';

/** After the value that begins at an offset. */
export function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    switch (text.charCodeAt(at)) {
      case 0x22 /* " */:
        at = stringEnd(text, at);
        if (depth === 0) return at;
        break;
      case 0x7b /* { */:
      case 0x5b /* [ */:
        depth++;
        at++;
        break;
      case 0x7d /* } */:
      case 0x5d /* ] */:
        if (depth === 0) return at;
        at++;
        if (--depth === 0) return at;
        break;
      case 0x2c /* , */:
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
        if (depth === 0) return at;
        at++;
        break;
      default:
        at++;
    }
  }
  return text.length;
}
