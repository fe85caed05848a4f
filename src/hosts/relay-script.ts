const PYTHON = `import os, socket, sys, threading
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect(sys.argv[2])
if sys.argv[1] == "try": sys.exit(0)
def up():
    while True:
        b = os.read(0, 65536)
        if not b: break
        s.sendall(b)
    s.shutdown(socket.SHUT_WR)
threading.Thread(target=up, daemon=True).start()
while True:
    b = s.recv(65536)
    if not b: break
    while b: b = b[os.write(1, b):]
os._exit(0)`;

const PERL = `use Socket;
socket(S, PF_UNIX, SOCK_STREAM, 0) && connect(S, sockaddr_un($ARGV[1])) or die "$!\\n";
exit 0 if $ARGV[0] eq "try";
sub copy { my ($from, $to) = @_; my $b;
  while (sysread($from, $b, 65536)) { my $o = 0; while ($o < length $b) { my $n = syswrite($to, $b, length($b) - $o, $o); last unless defined $n; $o += $n } } }
my $up = fork; if ($up == 0) { copy(*STDIN, *S); shutdown(S, 1); exit 0 }
close STDIN; copy(*S, *STDOUT); kill "TERM", $up; exit 0`;

/**
 * `try` or `pipe`, then the socket's path: connects to a unix socket with the first tool that the host has. socat
 * reads commas and colons in a path as options of its own, so it gets plain paths only. Exit code 3: there is no such
 * tool.
 */
const SCRIPT = `how=$1 path=$2
has() { command -v "$1" >/dev/null 2>&1; }
plain() { case $path in *[!A-Za-z0-9/._@+-]*) return 1 ;; esac; }
if has socat && plain; then
  [ "$how" = pipe ] || exec socat -u OPEN:/dev/null "UNIX-CONNECT:$path"
  exec socat -t 86400 - "UNIX-CONNECT:$path"
fi
for python in python3 /usr/libexec/platform-python; do
  if has "$python" && "$python" -c "import socket, threading" 2>/dev/null; then exec "$python" -c "$3" "$how" "$path"; fi
done
if has perl && perl -e "use Socket" 2>/dev/null; then exec perl -e "$4" "$how" "$path"; fi
for nc in nc ncat; do
  if has "$nc" && "$nc" -h 2>&1 | grep -q -e "-[A-Za-z]*U"; then
    [ "$how" = pipe ] || exec "$nc" -z -U "$path"
    exec "$nc" -U "$path"
  fi
done
exit 3`;

/** The command that relays its stdin and stdout to a unix socket, or tries whether it could. */
export const relayScript = {
  argv: (how: 'try' | 'pipe', socketPath: string): string[] => [
    'sh',
    '-c',
    SCRIPT,
    'sh',
    how,
    socketPath,
    PYTHON,
    PERL,
  ],
  noToolCode: 3,
} as const;
