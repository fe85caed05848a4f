import { describe, expect, it } from 'vitest';
import { parseUnitFile } from '../../../src/config/text/unit-file.js';

describe('parseUnitFile', () => {
  it('reads assignments with their sections and lines', () => {
    const text =
      '# top\n[Unit]\nAfter=a.service \\\n  b.service\n; note\n\n[Service]\nExecStart=\nExecStart=/bin/x --a=b\n';
    expect(parseUnitFile(text).map(({ section, key, value, line }) => [section, key, value, line])).toEqual([
      ['Unit', 'After', 'a.service    b.service', 3],
      ['Service', 'ExecStart', '', 8],
      ['Service', 'ExecStart', '/bin/x --a=b', 9],
    ]);
  });

  it('leaves comments within a continued line out, and continues none', () => {
    const text = '[Service]\nExecStart=/bin/x \\\n# not this \\\n  --b\n# nor this \\\nUser=root\n';
    expect(parseUnitFile(text).map(({ key, value }) => [key, value])).toEqual([
      ['ExecStart', '/bin/x    --b'],
      ['User', 'root'],
    ]);
  });

  it('knows where entries begin and end', () => {
    const text = '[Unit]\nA=1\nB=2 \\\n 3\nC=4';
    expect(parseUnitFile(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'A=1\n',
      'B=2 \\\n 3\n',
      'C=4',
    ]);
  });
});
