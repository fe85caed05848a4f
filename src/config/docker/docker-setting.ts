/** One setting of dockerd as it is written somewhere: a key of daemon.json, or a flag. */
export interface DockerSetting {
  /** The file: `/etc/docker/daemon.json`, `/lib/systemd/system/docker.service`, `/etc/sysconfig/docker`. */
  readonly source: string;
  /** In the spelling of daemon.json, lower case; one that no rule knows is kept as it is written. */
  readonly key: string;
  readonly value: unknown;
  /** Where it stands in the file, from 1. */
  readonly line?: number;
  /** Why dockerd itself does not start with it, where a notice has said so already: a sentence without a full stop. */
  readonly refused?: string;
}
