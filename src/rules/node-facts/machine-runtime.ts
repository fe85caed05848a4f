/** A setting by which new machines come up with Docker. */
export interface MachineRuntime {
  /** Whose setting it is. */
  readonly product: string;
  /** What to write instead; a sentence. */
  readonly fix: string;
  /** From Kubernetes 1.24 on the product puts cri-dockerd between the kubelet and Docker by itself. */
  readonly bringsCriDockerd?: true;
}
