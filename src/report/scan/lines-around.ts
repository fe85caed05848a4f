import type { LineOf } from './line-of.js';

const REACH = 4;

/** The lines around one, itself included, from a source of single lines. */
export const linesAround =
  (lineOf: LineOf) =>
  (file: string, line: number): { readonly line: number; readonly text: string }[] => {
    const lines: { line: number; text: string }[] = [];
    for (let number = Math.max(1, line - REACH); number <= line + REACH; number += 1) {
      const text = lineOf(file, number);
      if (text !== undefined) lines.push({ line: number, text });
    }
    return lines;
  };
