/** A file of the host as it was found. Links are followed. */
export type FileRead =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number }
  /** Left where it is; nothing that anybody configures by hand is that long. */
  | { readonly kind: 'large'; readonly sizeBytes: number; readonly sha256: string; readonly mode: number }
  /** A directory, a socket, a device. */
  | { readonly kind: 'other'; readonly mode: number };

export const LARGE_FILE_BYTES = 1_048_576;
