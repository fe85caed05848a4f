import { planPaths } from '../core/node-paths.js';
import { quote } from '../core/quote.js';
import { needsCluster, type UndoAction } from '../core/undo.js';
import { PODS_BY_FORCE } from './pods-by-force.js';

export interface ScriptedUndo {
  readonly step: string;
  readonly actions: readonly UndoAction[];
}

const socketOf = (endpoint: string): string => endpoint.replace(/^unix:\/\//, '');

/**
 * The same undo as `undo.ts` carries out, as a POSIX shell script that lies on the node and needs nothing but what a
 * node has. It may run at any point of the dark window, and twice: every action is harmless when there is nothing to undo.
 * What needs the API server is left to `migrate rollback`.
 */
export function undoScript(planId: string, undos: readonly ScriptedUndo[]): string {
  const steps = undos.map(({ step, actions }) =>
    [
      `# ${step.replaceAll('\n', ' ')}`,
      ...actions.filter((action) => !needsCluster(action)).map((action) => commandOf(planId, action)),
      ...noteUndone(step, actions),
    ].join('\n'),
  );
  return `${PRELUDE.replace('JOURNAL', () => quote([planPaths(planId).journal]))}\n${BEGIN}\n${steps.join('\n\n')}\n\nexit $failed\n`;
}

/** A step of which something is left for the operator's end stays open in the journal. */
function noteUndone(step: string, actions: readonly UndoAction[]): string[] {
  if (actions.some(needsCluster)) return [];
  return [`note ${quote([JSON.stringify({ event: 'undone', step }).slice(1)])}`];
}

function commandOf(planId: string, action: UndoAction): string {
  switch (action.do) {
    case 'restore-file':
      return `restore ${quote([planPaths(planId).backup(action.sha256), action.path, action.mode.toString(8), `${action.uid}:${action.gid}`])}`;
    case 'remove-file':
      return `try rm -f -- ${quote([action.path])}`;
    case 'remove-directory':
      return `rmdir -- ${quote([action.path])} 2>/dev/null || true`;
    case 'systemctl':
      if (action.verb === 'reset-failed') return `systemctl reset-failed ${quote(action.units)} 2>/dev/null || true`;
      return `try systemctl ${quote([action.verb, ...action.units])}`;
    case 'remove-cri-pods':
      return `remove_pods ${quote([socketOf(action.endpoint), action.namespace ?? '', action.runtime])}`;
    case 'remove-images':
      // CRI-O's store has no other tool that takes one name of an image and leaves the rest.
      if (action.runtime === 'crio')
        return `crictl --runtime-endpoint ${quote([action.endpoint])} rmi ${quote(action.refs)} >/dev/null 2>&1 || true`;
      return `ctr --address ${quote([socketOf(action.endpoint)])} --namespace k8s.io images rm ${quote(action.refs)} >/dev/null 2>&1 || true`;
    case 'drop-docker-tags':
      return `docker rmi --no-prune ${quote(action.refs)} >/dev/null 2>&1 || true`;
    case 'start-kubelet':
      return `systemctl reset-failed ${quote([action.unit])} 2>/dev/null || true\ntry systemctl restart ${quote([action.unit])}`;
    case 'run':
      return action.mayFail ? `${quote(action.argv)} || true` : `try ${quote(action.argv)}`;
    case 'set-unschedulable':
    case 'annotate':
      throw new Error(`${action.do} needs the API server and cannot be scripted`);
  }
}

/** Whoever runs the script may say why, in words that need no escape in JSON. */
const BEGIN =
  'note "\\"event\\":\\"rollback-started\\",\\"because\\":\\"${1:-the script of the node was run by hand}\\"}"\n';

/** Without a CRI client on the node, the runtime's own tools end the containers. */
const PRELUDE = `#!/bin/sh
# Brings this node back to the runtime it had. Written by dockershim-migrate; safe to run again.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
failed=0
journal=JOURNAL

# A power cut may have torn the last line of the journal; what comes after it must begin a line of its own.
[ -z "$(tail -c 1 "$journal")" ] || sed -i '$ d' "$journal"

note() {
  printf '{"at":"%s",%s\\n' "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)" "$1" >>"$journal"
}

try() {
  "$@" && return 0
  failed=1
  echo "failed: $*" >&2
}

restore() {
  target=$(readlink -f -- "$2") || target=$2
  temporary=$(mktemp "$(dirname -- "$target")/.dockershim-migrate.XXXXXX") || { failed=1; return; }
  if cat -- "$1" >"$temporary" && chmod "$3" "$temporary" && chown "$4" "$temporary" && mv -f -- "$temporary" "$target"; then
    command -v restorecon >/dev/null 2>&1 && restorecon "$target"
    return 0
  fi
  failed=1
  rm -f -- "$temporary"
}

${PODS_BY_FORCE}
remove_pods() {
  runtime=\${3:-containerd}
  if [ -S "$1" ] && command -v crictl >/dev/null 2>&1; then
    set -- "$1" "$2" $(crictl --runtime-endpoint "unix://$1" pods -q \${2:+--namespace "$2"})
    socket=$1; namespace=$2; shift 2
    for pod in "$@"; do
      crictl --runtime-endpoint "unix://$socket" stopp "$pod" >/dev/null && crictl --runtime-endpoint "unix://$socket" rmp "$pod" >/dev/null
    done
    [ "$runtime" != crio ] || end_crio_pods "$namespace"
    return 0
  fi
  case "$runtime" in
    # Its containers outlive it.
    crio) end_crio_pods "$2" ;;
    cri-dockerd)
      docker ps -aq --filter label=io.kubernetes.docker.type \${2:+--filter "label=io.kubernetes.pod.namespace=$2"} |
        while read -r id; do docker rm --force "$id" >/dev/null; done
      ;;
    *) end_containerd_pods "$1" "$2" ;;
  esac
}

end_containerd_pods() {
  [ -S "$1" ] || return 0
  command -v ctr >/dev/null 2>&1 || return 0
  for id in $(ctr --address "$1" --namespace k8s.io containers ls -q \${2:+"labels.\\"io.kubernetes.pod.namespace\\"==$2"}); do
    ctr --address "$1" --namespace k8s.io tasks kill --all --signal KILL "$id" >/dev/null 2>&1
    give_back "$id"
  done
  sleep 1
  for id in $(ctr --address "$1" --namespace k8s.io containers ls -q \${2:+"labels.\\"io.kubernetes.pod.namespace\\"==$2"}); do
    ctr --address "$1" --namespace k8s.io tasks rm --force "$id" >/dev/null 2>&1
    ctr --address "$1" --namespace k8s.io containers rm "$id" >/dev/null 2>&1
  done
}
`;
