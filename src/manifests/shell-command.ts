/** One simple command of a script, a crontab line, an ExecStart or an argv. */
export interface ShellCommand {
  /** Base name of what is run in the end: `docker` for `sudo /usr/bin/docker ps`, `chroot /host docker ps` or `sh -c "docker ps"`. */
  readonly name: string;
  /** Its words without quotes, itself first. */
  readonly words: readonly string[];
  /** It leaves the container: `nsenter -t 1`, `chroot /host`. */
  readonly onHost: boolean;
  /** Of the whole command in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
}
