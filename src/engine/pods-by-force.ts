/**
 * Shell functions that end what a runtime runs when nobody can ask it by the CRI. The CRI's own way is the better one, and
 * comes first wherever there is one: what is left after these, in the runtime's store and in the firewall, the CRI's removal
 * of the same sandbox clears away.
 *
 * `give_back ID` takes the interface out of a sandbox's network and returns the address to host-local's store, where the
 * first line of each lease is the sandbox's id. A lease alone would be given to another pod while the sandbox still answers.
 * `end_crio_pods NAMESPACE [ID…]` ends containers of CRI-O, of one namespace or all, of the ids or all: each has a conmon,
 * whose command line tells the OCI runtime and its root. CRI-O calls its containers `k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT`.
 */
export const PODS_BY_FORCE = `give_back() {
  for cached in /var/lib/cni/results/*-"$1"-*; do
    [ -f "$cached" ] || continue
    grep -o '"sandbox":"[^"]*"' "$cached" | cut -d '"' -f 4 | sort -u | while read -r netns; do
      nsenter --net="$netns" ip link delete "\${cached##*-}" 2>/dev/null
    done
  done
  grep -l "^$1" /var/lib/cni/networks/*/* 2>/dev/null | while read -r lease; do
    rm -f -- "$lease"
  done
}

end_crio_pods() {
  namespace=$1; shift
  wanted=" $* "
  for process in /proc/[0-9]*; do
    [ "$(cat "$process/comm" 2>/dev/null)" = conmon ] || continue
    set -- $(tr '\\0' ' ' <"$process/cmdline")
    id='' name='' runtime='' root=''
    while [ $# -gt 1 ]; do
      case "$1" in
        -c) id=$2 ;;
        -n) name=$2 ;;
        -r) runtime=$2 ;;
        --runtime-arg) case "$2" in --root=*) root=$2 ;; esac ;;
      esac
      shift
    done
    case "$name" in k8s_*) ;; *) continue ;; esac
    [ -z "$namespace" ] || [ "$(echo "$name" | cut -d _ -f 4)" = "$namespace" ] || continue
    case "$wanted" in "  " | *" $id "*) "$runtime" \${root:+"$root"} delete --force "$id" ;; esac
  done
  for cached in /var/lib/cni/results/*; do
    id=\${cached%-*}
    id=\${id##*-}
    ls -d /run/containers/storage/*-containers/"$id" >/dev/null 2>&1 || continue
    [ -z "$namespace" ] || grep -q "\\"K8S_POD_NAMESPACE\\",\\"$namespace\\"" "$cached" || continue
    case "$wanted" in "  " | *" $id "*) give_back "$id" ;; esac
  done
}
`;
