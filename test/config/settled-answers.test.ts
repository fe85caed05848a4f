import { describe, expect, it } from 'vitest';
import { settledAnswers } from '../../src/config/settled-answers.js';
import type { SettingAnswer } from '../../src/core/conversion.js';

const DAEMON_JSON = '/etc/docker/daemon.json';
const UNIT = '/etc/systemd/system/docker.service.d/limits.conf';
const CONFIG = '/var/lib/kubelet/config.yaml';

const row = (change: Partial<SettingAnswer> & Pick<SettingAnswer, 'key' | 'outcome'>): SettingAnswer => ({
  ...{ source: DAEMON_JSON, value: '', target: '/etc/x', note: 'as it was' },
  ...change,
});
const limit = row({ source: UNIT, key: 'LimitNOFILE', outcome: 'systemd' });
const logSize = row({
  key: 'log-opts.max-size',
  outcome: 'kubelet',
  target: 'KubeletConfiguration containerLogMaxSize',
});
const ofKubelet = (change: Partial<SettingAnswer>): SettingAnswer =>
  row({ source: CONFIG, key: 'containerLogMaxSize', outcome: 'warning', value: '50Mi', ...change });
const first = (...rows: readonly SettingAnswer[]): SettingAnswer | undefined =>
  settledAnswers(rows, { containerLogMaxSize: '100M' })[0];

describe('settledAnswers', () => {
  it('says that default-ulimits counts, and what becomes of the limit of docker.service', () => {
    const counts = 'default-ulimits.nofile of /etc/docker/daemon.json';
    const containerd = first(limit, row({ key: 'default-ulimits.nofile', outcome: 'systemd' }));
    expect(containerd).toMatchObject({ outcome: 'not-needed', target: '' });
    expect(containerd?.note).toContain(counts);
    const crio = first(limit, row({ key: 'default-ulimits.nofile', outcome: 'converted' }));
    expect(crio).toMatchObject({ outcome: 'systemd', target: '/etc/x' });
    expect(crio?.note).toContain(`CRI-O itself; containers have ${counts}`);
  });

  it.each(['default-ulimits.nproc', 'default-ulimits.nofilex'])('leaves a limit that %s is not about', (key) => {
    expect(first(limit, row({ key, outcome: 'systemd' }))).toBe(limit);
  });

  it('leaves a limit beside a ulimit that was refused', () => {
    expect(first(limit, row({ key: 'default-ulimits.nofile', outcome: 'refused' }))).toBe(limit);
  });

  it.each(['HTTP_PROXY', 'http_proxy'])('says that proxies of daemon.json count more than %s', (key) => {
    const variable = row({ source: UNIT, key, outcome: 'systemd' });
    expect(first(variable, row({ key: 'proxies.http-proxy', outcome: 'systemd' }))).toMatchObject({
      outcome: 'not-needed',
      target: '',
    });
    expect(first(variable, row({ key: 'proxies.https-proxy', outcome: 'systemd' }))).toBe(variable);
  });

  it('says that a field the kubelet has already stays, and names the value that counts', () => {
    const settled = first(logSize, ofKubelet({}));
    expect(settled).toMatchObject({ outcome: 'warning', target: `${CONFIG} containerLogMaxSize` });
    expect(settled?.note).toContain('50Mi');
    expect(first(logSize, ofKubelet({ key: '--container-log-max-size' }))?.outcome).toBe('warning');
  });

  it('has nothing against a field that says the same, and names its place', () => {
    expect(first(logSize, ofKubelet({ value: '100M' }))).toMatchObject({
      outcome: 'kubelet',
      target: `${CONFIG} containerLogMaxSize`,
    });
    expect(first(logSize, ofKubelet({ key: 'containerLogMaxFiles' }))).toBe(logSize);
  });
});
