/** Between the parts of what the script prints; followed by the part's name. */
export const PART = '--- ';

/**
 * Tells of a running container what its processes find. Arguments: the pid of its first process or nothing, its id in
 * Docker, the path of its log. One call, because a kubelet that does not know the pod ends it within seconds; the last part
 * is only there when the process still was. A runtime calls a container running a moment before runc has become the
 * container's program: until then all would be runc's. Values of the environment stay on the node but for those that every runtime sets.
 */
export const PROBE_SCRIPT = String.raw`pid=$1 container=$2 log=$3 driver=cri
part() { printf '\n${PART}%s\n' "$1"; }
if [ -z "$pid" ]; then
  pid=$(docker inspect --format '{{.State.Pid}}' "$container") || exit 1
  driver=$(docker inspect --format '{{.HostConfig.LogConfig.Type}}' "$container") || exit 1
fi
cd "/proc/$pid" || exit 1
tries=0
while grep -q _LIBCONTAINER_ environ || case "$(readlink exe)" in *runc* | *crun* | *memfd*) ;; *) false ;; esac; do
  [ "$tries" -lt 50 ] || exit 1
  tries=$((tries + 1))
  sleep 0.05
done
for file in status limits cgroup mountinfo oom_score_adj; do part $file; cat $file || exit 1; done
part label; cat attr/current 2>/dev/null
part environ; tr '\n\0' ' \n' <environ | sed -E '/^(PATH|HOME|TERM|HOSTNAME)=/!s/=.*/=/'
part namespace; readlink ns/cgroup /proc/1/ns/cgroup
part resolv.conf; cat root/etc/resolv.conf
part hostname; cat root/etc/hostname
part devices; ls root/dev
part pids.max
while IFS=: read -r number controllers path; do
  case "$number:,$controllers," in
    *,pids,*) cat "/sys/fs/cgroup/pids$path/pids.max" ;;
    0:,,) cat "/sys/fs/cgroup$path/pids.max" ;;
  esac 2>/dev/null
done <cgroup
part sysctl
nsenter --target "$pid" --net grep -H '' /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range 2>/dev/null
part log
if [ -L "$log" ]; then readlink "$log"; elif [ -f "$log" ]; then echo file; else echo none; fi
part driver; echo "$driver"
[ -e status ] && grep -q '^NSpid' status && part end
`;
