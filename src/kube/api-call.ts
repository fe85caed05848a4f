/** One request to the API server. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the server's URL, segments already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Kubernetes' name for it, for messages: `list pods`, `create pods/eviction`. */
  readonly action: string;
  /** `node-1`, `team-a/web-0`; empty for a list. */
  readonly subject: string;
  /** From connecting to the last byte; default 30,000. */
  readonly timeoutMs?: number;
  /** A successful answer's body stays text: for long lists, which are parsed when it suits. */
  readonly asText?: true;
}

/** What it answered, whatever the status. */
export interface ApiAnswer {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  /** Parsed JSON, or the text that was asked for. */
  readonly body: unknown;
}
