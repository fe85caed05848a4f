import { describe, expect, it } from 'vitest';
import { dockerService } from '../../../src/config/docker/docker-service.js';
import { DEFAULT_INTENT, type RuntimeIntent, type RuntimeTarget } from '../../../src/config/runtime-intent.js';
import { servicePart } from '../../../src/config/systemd/service-part.js';
import type { FileFacts } from '../../../src/core/inventory.js';
import { hideSecrets, restoreSecrets } from '../../../src/core/secret-markers.js';
import { file, NO_FILE, unit } from '../../fixtures/inventory.js';
import { golden } from '../golden.js';

const version = { major: 1, minor: 6, patch: 20, preRelease: undefined };
const VENDOR = '/lib/systemd/system/containerd.service';
const OURS = '/etc/systemd/system/containerd.service.d/10-docker-migration.conf';
const PROXY = '/etc/systemd/system/containerd.service.d/http-proxy.conf';
const vendor = '[Service]\nLimitNOFILE=infinity\nLimitNPROC=infinity\nTasksMax=infinity\nOOMScoreAdjust=-999\n';

interface Given {
  readonly intent?: Partial<RuntimeIntent>;
  readonly dropIns?: Readonly<Record<string, FileFacts>>;
  readonly files?: Readonly<Record<string, FileFacts>>;
  readonly kind?: RuntimeTarget['kind'];
}

const part = ({ intent = {}, dropIns = {}, files = {}, kind = 'containerd' }: Given) =>
  servicePart({
    intent: { ...DEFAULT_INTENT, ...intent },
    runtimeUnit: kind === 'crio' ? 'crio.service' : 'containerd.service',
    unit: unit({ loadState: 'loaded', fragmentPath: VENDOR, dropInPaths: Object.keys(dropIns).sort() }),
    files: { [VENDOR]: file(vendor), ...dropIns, ...files },
    target: { kind, version },
  });

const service = (key: string, value: string) => ({ section: 'Service', key, value }) as const;
const conf = (name: string): string => `/etc/systemd/system/containerd.service.d/${name}`;

describe('the proxies of the runtime', () => {
  const source = '/etc/systemd/system/docker.service.d/http-proxy.conf';
  const text = `[Service]
Environment="HTTP_PROXY=http://u:p%%40ss@proxy.corp.example:3128" "HTTPS_PROXY=http://u:p%%40ss@proxy.corp.example:3128" "NO_PROXY=.corp.example,10.0.0.0/8"
`;
  const { proxies } = dockerService({
    files: { [source]: { ...file(text), content: hideSecrets(text, source) } },
    unit: undefined,
    target: { kind: 'containerd', version },
  });

  it.each(['containerd', 'crio'] as const)(
    "are Docker's, with the passwords that are put in on the node (%s)",
    (kind) => {
      const { files, notices } = part({ intent: { proxies }, kind });
      expect(notices).toEqual([]);
      const [made] = files;
      expect(files).toHaveLength(1);
      expect(made).toMatchObject({ group: 'runtime', mode: 0o600 });
      expect(made?.path).toBe(`/etc/systemd/system/${kind}.service.d/http-proxy.conf`);
      expect(made?.content).not.toContain('p%%40ss');
      const restored = restoreSecrets(made?.content ?? '', made?.path ?? '', { [source]: text });
      expect(restored).toBe(golden('systemd/http-proxy.conf'));
    },
  );

  it('are for everybody to read where they hold no password', () => {
    const [made] = part({ intent: { proxies: [{ name: 'NO_PROXY', value: 'a%b "c"\\' }] } }).files;
    expect(made).toMatchObject({ mode: 0o644, content: '[Service]\nEnvironment="NO_PROXY=a%%b \\"c\\"\\\\"\n' });
  });

  it('are left as they are where the runtime has them, also with a password of its own', () => {
    const path = conf('proxy.conf');
    const there = hideSecrets(text, path);
    expect(part({ intent: { proxies }, dropIns: { [path]: { ...file(text), content: there } } })).toMatchObject({
      files: [],
      notices: [],
    });
  });

  it('join what an administrator wrote into the same file', () => {
    const mine = '# mine\n[Service]\nEnvironment=HTTP_PROXY=http://other:1\n\n[Unit]\nDescription=x';
    const { files, notices } = part({
      intent: {
        proxies: [
          { name: 'HTTP_PROXY', value: 'http://p' },
          { name: 'NO_PROXY', value: 'x' },
        ],
      },
      dropIns: { [PROXY]: file(mine, 0o640) },
    });
    expect(files).toMatchObject([
      { path: PROXY, mode: 0o640, content: `${mine}\n[Service]\nEnvironment="NO_PROXY=x"\n` },
    ]);
    expect(notices.map(({ message }) => message)).toEqual([
      `${PROXY}, line 3, gives the runtime another HTTP_PROXY than Docker has, which stays`,
    ]);
    expect(JSON.stringify(notices)).not.toContain('http://');
  });

  it.each([
    ['zz.conf', 0, 'which stays'],
    ['00.conf', 1, 'which takes its place'],
  ])('differ from those in %s: %i file, %s', (name, count, end) => {
    const dropIns = { [conf(name)]: file('[Service]\nEnvironment=HTTP_PROXY=http://other\n') };
    const { files, notices } = part({ intent: { proxies: [{ name: 'HTTP_PROXY', value: 'http://p' }] }, dropIns });
    expect(files).toHaveLength(count);
    expect(notices[0]?.message).toMatch(new RegExp(`${name}, line 2, .*${end}$`));
  });

  it('are not written over a file that could not be read whole', () => {
    const broken = { ...file('[9 bytes that are no text]'), whole: false };
    const { files, notices } = part({
      intent: { proxies: [{ name: 'NO_PROXY', value: 'x' }] },
      files: { [PROXY]: broken },
    });
    expect(files).toEqual([]);
    expect(notices.map(({ level }) => level)).toEqual(['blocker']);
  });
});

describe('the limits and directives of the runtime', () => {
  const intent: Partial<RuntimeIntent> = {
    ulimits: [
      { name: 'nofile', soft: 1024, hard: 4096 },
      { name: 'memlock', soft: -1, hard: -1 },
      { name: 'rttime', soft: 100, hard: -1 },
      { name: 'nproc', soft: -1, hard: -1 },
    ],
    serviceDirectives: [
      { section: 'Unit', key: 'RequiresMountsFor', value: '/data' },
      { section: 'Unit', key: 'After', value: 'data.mount' },
      service('LimitNOFILE', '77'),
      service('Environment', 'SSL_CERT_FILE=/etc/ssl/corp %d.pem'),
      service('TasksMax', '8192'),
      service('CPUAffinity', '0-3'),
      service('OOMScoreAdjust', '-500'),
    ],
  };

  it("are Docker's", () => {
    const { files, notices } = part({
      intent,
      files: { [VENDOR]: file('[Service]\nLimitNPROC=infinity\n'), [OURS]: NO_FILE },
    });
    expect(files).toMatchObject([{ path: OURS, mode: 0o644, group: 'runtime' }]);
    expect(files[0]?.content).toBe(golden('systemd/10-docker-migration.conf'));
    expect(notices.map(({ message }) => message)).toEqual([expect.stringContaining('4096 open files') as string]);
  });

  it('are left to CRI-O itself as far as they are of containers', () => {
    const { files } = part({ intent: { ...intent, oomScoreAdjust: -1000 }, kind: 'crio' });
    expect(files[0]?.content).toContain('OOMScoreAdjust=-1000\n');
    expect(files[0]?.content).not.toMatch(/LimitMEMLOCK|LimitRTTIME|-500/);
  });

  it('make no file where there is nothing to say', () => {
    expect(part({})).toEqual({ files: [], notices: [], settings: [] });
    expect(part({ intent, kind: 'cri-dockerd' })).toEqual({ files: [], notices: [], settings: [] });
    const same = [
      service('LimitNOFILE', 'infinity:infinity'),
      service('OOMScoreAdjust', '-500'),
      service('TasksMax', 'infinity'),
    ];
    expect(part({ intent: { serviceDirectives: same } })).toEqual({ files: [], notices: [], settings: [] });
  });

  it('do not take from the runtime what it has more of, unless containers had less', () => {
    const less = part({ intent: { serviceDirectives: [service('LimitNOFILE', '65536')] } });
    expect(less.files).toEqual([]);
    expect(less.notices).toEqual([]);
    const exact = part({ intent: { ulimits: [{ name: 'nofile', soft: 65536, hard: 65536 }] } });
    expect(exact.files[0]?.content).toBe('[Service]\nLimitNOFILE=65536:65536\n');
  });

  it.each([
    ['99-x.conf', 0, 'is read last: it stays'],
    ['00-x.conf', 1, "Docker's takes its place"],
  ])("differ from an administrator's in %s: %i file, and %s", (name, count, end) => {
    const dropIns = { [conf(name)]: file('[Service]\nCPUAffinity=7\n') };
    const { files, notices } = part({ intent: { serviceDirectives: [service('CPUAffinity', '0-3')] }, dropIns });
    expect(files).toHaveLength(count);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`${name}, line 2, .* ${end}$`)) as string,
    ]);
  });

  it('are written anew after an earlier run', () => {
    const once = part({ intent: { serviceDirectives: [service('CPUAffinity', '0-3')] } });
    const dropIns = { [OURS]: file(once.files[0]?.content ?? '') };
    expect(part({ intent: { serviceDirectives: [service('CPUAffinity', '0-3')] }, dropIns })).toEqual(once);
  });
});
