import { describe, expect, test } from 'vitest';
import { probeFacts } from '../../../src/config/parity/probe-facts.js';
import { PROBE_SCRIPT } from '../../../src/config/parity/probe-script.js';

const ID = '966375c8b76e5ddedac73e615615c9627b75d8277844f0d5ebf15edd09d9bc0e';

/** Of a container of Docker 20.10 with cgroup version 1, as the kernel wrote it. */
const OF_DOCKER = {
  status: `Name:\tpause
Umask:\t0022
Uid:\t0\t0\t0\t0
Gid:\t0\t0\t0\t0
Groups:\t0 
NSpid:\t2717\t1
CapInh:\t0000000000000000
CapPrm:\t00000000a80425fb
CapEff:\t00000000a80425fb
CapBnd:\t00000000a80425fb
CapAmb:\t0000000000000000
NoNewPrivs:\t0
Seccomp:\t2
Seccomp_filters:\t6`,
  limits: `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max stack size            8388608              unlimited            bytes     
Max open files            20000                20000                files     
Max nice priority         0                    0                    
Max realtime timeout      unlimited            unlimited            us        `,
  cgroup: `9:name=systemd:/kubepods/besteffort/${ID}
8:pids:/kubepods/besteffort/${ID}
4:memory:/kubepods/besteffort/${ID}
2:cpuacct:/kubepods/besteffort/${ID}
1:cpu:/kubepods/besteffort/${ID}
0::/system.slice/containerd.service`,
  mountinfo: `821 554 0:86 / / rw,relatime master:264 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/E4
822 821 0:88 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
825 821 0:82 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro
826 825 0:91 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755
827 826 0:35 /kubepods/besteffort/${ID} /sys/fs/cgroup/blkio ro,nosuid,nodev,noexec,relatime master:140 - cgroup cgroup rw,blkio
828 826 0:29 /kubepods/besteffort/${ID} /sys/fs/cgroup/cpu ro,nosuid,nodev,noexec,relatime master:141 - cgroup cgroup rw,cpu
837 821 254:0 /var/lib/docker/containers/5a13/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/vda rw,discard
839 821 254:0 /var/lib/docker/containers/5a13/hosts /etc/hosts rw,relatime - ext4 /dev/vda rw,discard
840 823 0:77 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k
614 822 0:88 /bus /proc/bus ro,nosuid,nodev,noexec,relatime - proc proc rw
620 822 0:88 /sys /proc/sys ro,nosuid,nodev,noexec,relatime - proc proc rw
621 822 0:92 / /proc/acpi ro,relatime - tmpfs tmpfs ro
622 822 0:89 /null /proc/keys rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
624 825 0:93 / /sys/firmware ro,relatime - tmpfs tmpfs ro`,
  oom_score_adj: '1000',
  label: '',
  environ: 'PATH=/bin\nHOSTNAME=parity\nDB_PASSWORD=',
  namespace: 'cgroup:[4026532334]\ncgroup:[4026532334]',
  'resolv.conf': 'nameserver 10.96.0.10\nsearch default.svc.cluster.local svc.cluster.local\noptions ndots:5',
  hostname: 'parity',
  devices: 'zero\nnull\nfd',
  'pids.max': 'max',
  sysctl: '/proc/sys/net/ipv4/ip_unprivileged_port_start:0\n/proc/sys/net/ipv4/ping_group_range:0\t2147483647',
  log: `/var/lib/docker/containers/${ID}/${ID}-json.log`,
  driver: 'json-file',
  end: '',
};

const printed = (changes: Partial<Record<keyof typeof OF_DOCKER, string | undefined>> = {}): string =>
  Object.entries({ ...OF_DOCKER, ...changes })
    .flatMap(([name, text]) => (text === undefined ? [] : [`\n--- ${name}\n${text}\n`]))
    .join('');
const factsOf = (changes?: Parameters<typeof printed>[0]) => probeFacts(printed(changes)) ?? expect.fail('no facts');

describe('what a probe tells', () => {
  test('of a container of Docker with cgroup version 1', () => {
    expect(factsOf()).toEqual({
      'ulimit:cpu': 'unlimited',
      'ulimit:stack': '8388608:unlimited',
      'ulimit:nofile': '20000',
      'ulimit:nice': '0',
      'ulimit:rttime': 'unlimited',
      ...Object.fromEntries(
        [
          ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE'],
          ...['NET_RAW', 'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP'],
        ].map((name) => [`capability:${name}`, 'yes']),
      ),
      'inheritable-capabilities': 'none',
      user: '0:0',
      groups: 'none',
      umask: '0022',
      seccomp: 'filter',
      'no-new-privileges': 'no',
      init: 'none',
      apparmor: 'none',
      'cgroup:parent': '/kubepods/besteffort',
      'cgroup:namespace': 'host',
      'pids-limit': 'max',
      'dns:nameservers': '10.96.0.10',
      'dns:search': 'default.svc.cluster.local svc.cluster.local',
      'dns:options': 'ndots:5',
      'mount:/': 'writable',
      'mount:/proc': 'proc nosuid nodev noexec',
      'mount:/sys': 'sysfs ro nosuid nodev noexec',
      'mount:/sys/fs/cgroup': 'tmpfs nosuid nodev noexec',
      'mount:/sys/fs/cgroup/*': 'cgroup ro nosuid nodev noexec',
      'mount:/etc/resolv.conf': 'file, writable',
      'mount:/dev/shm': 'tmpfs nosuid nodev noexec',
      'shm-size': '65536k',
      'masked-paths': '/proc/acpi /proc/keys /sys/firmware',
      'readonly-paths': '/proc/bus /proc/sys',
      'sysctl:net.ipv4.ip_unprivileged_port_start': '0',
      'sysctl:net.ipv4.ping_group_range': '0 2147483647',
      'environment:PATH': '/bin',
      'environment:HOSTNAME': 'parity',
      'environment:DB_PASSWORD': 'set',
      'oom-score-adjust': '1000',
      hostname: 'parity',
      devices: 'fd null zero',
      'log-path': 'link to /var/lib/docker/containers/<id>/<id>-json.log',
      'log-format': 'json-file',
    });
  });

  test('of a container with cgroup version 2, of its own namespace', () => {
    const facts = factsOf({
      cgroup: '0::/kubepods.slice/kubepods-besteffort.slice/cri-containerd-966375.scope',
      mountinfo: '30 29 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate',
      namespace: 'cgroup:[4026532500]\ncgroup:[4026531835]',
      'pids.max': '1024',
    });
    expect(facts).toMatchObject({
      'cgroup:parent': '/kubepods.slice/kubepods-besteffort.slice',
      'cgroup:namespace': 'private',
      'pids-limit': '1024',
      'mount:/sys/fs/cgroup': 'cgroup2 ro nosuid nodev noexec',
    });
    expect(facts).not.toHaveProperty('mount:/sys/fs/cgroup/*');
  });

  test('of labels: AppArmor by its profile, SELinux by its type, whatever the categories', () => {
    expect(factsOf({ label: 'docker-default (enforce)' })).toMatchObject({ apparmor: 'docker-default (enforce)' });
    const facts = factsOf({ label: 'system_u:system_r:container_t:s0:c12,c99' });
    expect(facts).toMatchObject({ selinux: 'container_t' });
    expect(facts).not.toHaveProperty('apparmor');
  });

  test('of Docker’s own init, and of a process that cannot gain privileges', () => {
    const status = OF_DOCKER.status.replace('pause', 'docker-init').replace('NoNewPrivs:\t0', 'NoNewPrivs:\t1');
    expect(factsOf({ status })).toMatchObject({ init: 'docker-init', 'no-new-privileges': 'yes' });
  });

  test('of a process that uses less than it may', () => {
    const status = OF_DOCKER.status.replace('CapEff:\t00000000a80425fb', 'CapEff:\t0000000000000400');
    expect(factsOf({ status })).toMatchObject({
      'effective-capabilities': 'NET_BIND_SERVICE',
      'capability:KILL': 'yes',
    });
  });

  test('is nothing where the container ended before all was told', () => {
    expect(probeFacts(printed({ end: undefined }))).toBeUndefined();
    expect(probeFacts('')).toBeUndefined();
  });
});

test('the script is one that a POSIX shell reads, and keeps values of the environment on the node', () => {
  expect(PROBE_SCRIPT).not.toMatch(/\[\[|<<<|\$'/);
  expect(PROBE_SCRIPT).toContain("sed -E '/^(PATH|HOME|TERM|HOSTNAME)=/!s/=.*/=/'");
});
