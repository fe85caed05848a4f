const EXISTS = 40;

/** $p becomes the file behind a final symlink (which need not exist), $d its directory. */
const THROUGH_LINKS = `set -eu
p=$1 n=0
while [ -L "$p" ]; do
  n=$((n + 1)); [ "$n" -le 40 ] || { echo "too many levels of symbolic links" >&2; exit 1; }
  t=$(readlink -n "$p"; echo x); t=\${t%x}
  case $t in /*) p=$t ;; *) p=\${p%/*}/$t ;; esac
done
`;

/**
 * Puts stdin into a new file $f beside $p. The length is checked because a connection that breaks looks like the end
 * of the content, and half a file must never be renamed into place.
 */
const STAGE = `d=\${p%/*}; d=\${d:-/}
umask 022; [ -d "$d" ] || mkdir -p "$d"
[ ! -d "$p" ] || { echo "it is a directory" >&2; exit 1; }
umask 077
f=$(mktemp "$d/.migrate.XXXXXX")
trap 'rm -f "$f"' EXIT; trap 'exit 1' HUP INT TERM PIPE
cat >"$f"
[ "$(wc -c <"$f")" -eq "$2" ] || { echo "the content did not arrive whole" >&2; exit 1; }
`;

/** path, size, mode, uid or empty, gid or empty. An owner that is not given is the one of the file that was there. */
const WRITE = `${THROUGH_LINKS}${STAGE}own=$(stat -c "%u %g" "$p" 2>/dev/null || stat -c "%u %g" "$f")
chown "\${4:-\${own% *}}:\${5:-\${own#* }}" "$f"
chmod "$3" "$f"
sync "$f"
mv -f "$f" "$p"
if command -v restorecon >/dev/null 2>&1; then restorecon "$p" 2>/dev/null || :; fi
sync "$d"`;

/** path, size. Staged first, so that a broken connection leaves no half line. */
const APPEND = `${THROUGH_LINKS}${STAGE}[ -e "$p" ] && new= || new=1
cat "$f" >>"$p"
sync "$p"
[ -z "$new" ] || sync "$d"`;

/** path, size. A hard link fails where the name is taken, and shows the content whole or not at all. */
const CREATE_EXCLUSIVE = `set -eu
p=$1
if [ -e "$p" ] || [ -L "$p" ]; then exit ${EXISTS}; fi
${STAGE}sync "$f"
ln "$f" "$p" 2>/dev/null || { [ ! -e "$p" ] && [ ! -L "$p" ] || exit ${EXISTS}; ln "$f" "$p"; }
sync "$d"`;

/** path, mode. A directory that is there stays as it is. */
const MAKE_DIRECTORY = `set -eu
[ ! -d "$1" ] || exit 0
d=\${1%/*}; d=\${d:-/}
umask 022; mkdir -p "$d"
mkdir -m "$2" "$1" || [ -d "$1" ]
sync "$d"`;

/** path */
const REMOVE = `set -eu
if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir "$1"; elif [ -e "$1" ] || [ -L "$1" ]; then rm -f "$1"; else exit 0; fi
d=\${1%/*}; sync "\${d:-/}"`;

/** path, target. The directory around the new link keeps \`mv\` from moving it into what an old link points to. */
const MAKE_LINK = `set -eu
d=\${1%/*}; d=\${d:-/}
umask 022; mkdir -p "$d"
if [ -d "$1" ] && [ ! -L "$1" ]; then echo "it is a directory" >&2; exit 1; fi
ln -sfn -- "$2" "$1"
sync "$d"`;

/** path. The type and mode in hex, the owner, the size, and on a line of its own where a symlink points to. */
const STAT = `stat -c "%f %u %g %s" "$1" || exit
[ ! -L "$1" ] || readlink -n "$1"`;

/**
 * What cannot be done in one step of one command, as constant scripts for any POSIX shell with GNU's or busybox's
 * tools. Data goes in as positional arguments and stdin only.
 */
export const fileScripts = {
  write: WRITE,
  append: APPEND,
  createExclusive: CREATE_EXCLUSIVE,
  makeDirectory: MAKE_DIRECTORY,
  remove: REMOVE,
  makeLink: MAKE_LINK,
  stat: STAT,
  /** The exit code of `createExclusive` for a name that is taken. */
  existsCode: EXISTS,
} as const;
