/** What a profile promises of a target; checks compare against this and nothing else that is configurable. */
export interface Expectations {
  readonly mode: { readonly internal: boolean; readonly api: boolean };
  readonly platform: string;
  readonly toolsetVersion: string;
  /** Newest first, as the server lists them. */
  readonly protocolVersions: readonly string[];
  readonly rate: {
    /** Requests a minute for a bucket of the first server handle. */
    readonly perMinute: number | 'unlimited';
    /** The global limit, seen on a handle nobody registered. */
    readonly globalPerMinute: number | 'unlimited';
  };
  readonly limits: {
    /** KiB a request body may have on the first server handle. */
    readonly payloadKb: number;
    readonly resultBytes: number;
    readonly resultItems: number;
  };
  readonly dispatch: {
    /** What an accepted dispatch looks like: queued 202, run inline 200, or refused 503. */
    readonly outcome: 'queued' | 'sync' | 'unavailable';
    /** Seconds a queued task may take to reach a terminal state. */
    readonly completesWithin: number;
  };
  readonly worker: { readonly identifier: string; readonly class: string; readonly scope: string };
  readonly stream?: {
    readonly server: string;
    readonly tool: string;
    readonly arguments: Readonly<Record<string, unknown>>;
    readonly enabled: boolean;
    readonly heartbeatSeconds: number;
    readonly maxSeconds: number;
  };
  /** Names of tools that must be listed. */
  readonly tools: readonly string[];
  /** A policy that must refuse: glob or name of a tool no deployment allows. */
  readonly deniedTool: string;
  /** A handle that the allow list keeps out, where there is one. */
  readonly deniedServer?: string;
}
