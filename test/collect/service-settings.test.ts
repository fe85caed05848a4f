import { describe, expect, it } from 'vitest';
import { serviceSettings } from '../../src/collect/service-settings.js';
import { unitWords } from '../../src/config/text/unit-words.js';

describe('unitWords', () => {
  // As systemd 252 reads them.
  it.each([
    ['"A=b c" \'D=e f\' G="h i"', ['A=b c', 'D=e f', 'G=h i']],
    ['J=k\\x20l M="n\\"o" "P=q\\tr"', ['J=k l', 'M=n"o', 'P=q\tr']],
    ['X=a"b c"d "Y=1"Z=2', ['X=ab cd', 'Y=1Z=2']],
    ['A=1  \t B=2', ['A=1', 'B=2']],
    ['A="" B=', ['A=', 'B=']],
    ['A=\\101 B=\\s', ['A=A', 'B= ']],
  ])('%s', (text, words) => {
    expect(unitWords(text)).toEqual(words);
  });

  it('stops where systemd stops: at an unknown escape, a quote left open', () => {
    expect(unitWords('A=1 "W=\\$FOO" B=2')).toEqual(['A=1']);
    expect(unitWords('A=1 "B=2')).toEqual(['A=1']);
  });
});

describe('serviceSettings', () => {
  it('lets a drop-in take back and set anew', () => {
    const unit = '[Service]\nEnvironment=A=1\nEnvironmentFile=/etc/first\nExecStart=/usr/bin/kubelet --a\n';
    const dropIn =
      '[Service]\nEnvironment=\nEnvironment=B=2\nEnvironmentFile=\nEnvironmentFile=-/etc/second\nExecStart=\nExecStart=/opt/kubelet $B\n';
    expect(serviceSettings([unit, dropIn])).toEqual({
      execStart: '/opt/kubelet $B',
      environment: { B: '2' },
      environmentFiles: [{ path: '/etc/second', optional: true }],
    });
  });

  it('adds up what is not taken back, the last value of a variable winning', () => {
    const settings = serviceSettings([
      '[Service]\nEnvironment=A=1 B=1\nEnvironmentFile=/etc/first\n',
      '[Service]\nEnvironment="B=2 3"\nEnvironmentFile=/etc/second\n',
    ]);
    expect(settings.environment).toEqual({ A: '1', B: '2 3' });
    expect(settings.environmentFiles.map(({ path }) => path)).toEqual(['/etc/first', '/etc/second']);
  });

  it('joins continued lines over comments between them, and ends at one without a backslash', () => {
    const text = `[Service]
ExecStart=/usr/bin/kubelet \\
  --config=/a.yaml \\
# not now: --v=9 \\
; nor this
  --node-ip=1.2.3.4
Restart=always
`;
    expect(serviceSettings([text]).execStart.split(/\s+/)).toEqual([
      '/usr/bin/kubelet',
      '--config=/a.yaml',
      '--node-ip=1.2.3.4',
    ]);
  });

  it('heeds the section, comments and Windows line ends', () => {
    const text =
      '[Unit]\r\nEnvironment=NO=1\r\n[Service]\r\n#Environment=NO=2\r\nEnvironment=YES=1\r\n[X-Service]\r\nEnvironment=NO=3\r\n';
    expect(serviceSettings([text]).environment).toEqual({ YES: '1' });
  });

  it('leaves variables of the command as they are written, and takes percent signs that are doubled for one', () => {
    const settings = serviceSettings([
      '[Service]\nExecStart=-/bin/kubelet ${A} $B $$C\nEnvironment=P=100%% "not a variable" 1=2\n',
    ]);
    expect(settings.execStart).toBe('-/bin/kubelet ${A} $B $$C');
    expect(settings.environment).toEqual({ P: '100%' });
  });

  it('has nothing to say of a unit without files', () => {
    expect(serviceSettings([])).toEqual({ execStart: '', environment: {}, environmentFiles: [] });
  });
});
