/** Where ssh is to go, and with which of the operator's settings. */
export interface SshTarget {
  /** As the operator calls the host. */
  readonly name: string;
  readonly destination: string;
  readonly user?: string;
  /** In place of ~/.ssh/config and the system's. */
  readonly sshConfigFile?: string;
  /** Default 10,000. */
  readonly connectTimeoutMs?: number;
}
