import type { AnsweredBy } from './answered-by.ts';
import type { Evidence, Exchange } from './evidence.ts';
import type { Json, JsonObject } from './json.ts';

/** A bearer token. `label` is what reports may say of it; `value` is never kept. */
export interface Token {
  readonly label: string;
  readonly value: string;
  readonly subject: string | undefined;
  /** Undefined when the scopes of a given token cannot be read. */
  readonly scopes: readonly string[] | undefined;
  /** Epoch seconds, when the token says. */
  readonly expires?: number | undefined;
}

/** A manager session: the cookie, and the CSRF token where the core demands one. */
export interface Session {
  readonly label: string;
  readonly cookie: string;
  readonly csrf: string | undefined;
}

/** Bytes sent as they are, with the media type given (none when `undefined`). */
export interface RawBody {
  readonly raw: string | Uint8Array;
}

export interface RouteRequest {
  /** HTTP method; POST unless told otherwise. */
  readonly method?: string;
  /** Handle; the target's first one unless told otherwise. */
  readonly server?: string;
  readonly to?: 'transport' | 'dispatch';
  /** Replaces the configured path by another one of the same origin; `{server}` is filled in. */
  readonly path?: string;
  readonly token?: Token;
  readonly session?: Session;
  /** A JSON value, or bytes. Absent: no body. */
  readonly body?: Json | RawBody;
  /** Added to or, by name, instead of the hygiene headers (appendix B); `null` takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Never sent again, whoever answered: for what is counted, and for what must not happen twice. */
  readonly once?: true;
}

/** Where one JSON-RPC request goes, and with what; how it is written is the business of the target's era. */
export interface RequestOptions extends Omit<RouteRequest, 'method' | 'body'> {
  /** Default: an id of its own each time it is sent, so that no store can answer it. */
  readonly id?: Json;
}

/** A JSON-RPC result and the exchange it came in. */
export interface RpcResult extends Evidence {
  readonly answeredBy: AnsweredBy;
  readonly result: JsonObject;
  readonly exchange: Exchange;
}

/** One of the two routes of a target. */
export interface RouteProbe {
  /** Handles the target was told of; the first one is the default. */
  readonly servers: readonly string[];
  /** The path in use, `{server}` not filled in, and the path of a stock installation. */
  readonly path: string;
  readonly defaultPath: string;
  /** Anything, for what is about the wire itself. Answers any status; throws only `Unreachable`. */
  send(request: RouteRequest): Promise<Exchange>;
  /** One JSON-RPC request, as clients send it; throws what `send` throws. */
  request(method: string, params?: JsonObject, options?: RequestOptions): Promise<Exchange>;
  /** The request `initialize` of a client that speaks this protocol revision. */
  initialize(protocolVersion: string, options?: RequestOptions): Promise<Exchange>;
  /** One JSON-RPC request with a result; throws `ProtocolError` for any other answer. */
  call(method: string, params?: JsonObject, options?: RequestOptions): Promise<RpcResult>;
}

/** Tokens the target should refuse and that need no secret. */
export type UnsoundKind = 'garbage' | 'tampered' | 'foreign-secret' | 'alg-none';

export interface TokenProbe {
  /** The token every ordinary call uses: read and call scopes at least, a subject of its own where a secret allows. */
  sound(): Promise<Token>;
  unsound(kind: UnsoundKind): Promise<Token>;
}

export interface TokenClaims {
  /** `null` leaves the claim out. Default: the check's own subject. */
  readonly subject?: string | null;
  /** Any JSON, to try wrong encodings; `null` leaves the claim out. */
  readonly scopes?: Json;
  /** Seconds from now; `null` leaves the claim out. Default one hour. */
  readonly expiresIn?: number | null;
  readonly notBeforeIn?: number;
  readonly issuedAtIn?: number;
  readonly algorithm?: 'HS256' | 'HS384' | 'HS512';
  readonly label?: string;
  readonly extra?: JsonObject;
}

/** Signs any token with the target's secret. */
export interface MintProbe {
  token(claims: TokenClaims): Promise<Token>;
}

export interface SessionProbe {
  /** A manager with `emcp` and `emcp_dispatch`. */
  sound(): Promise<Session>;
}

/** A manager session that lacks a permission. */
export interface UnprivilegedProbe {
  session(lacks: 'emcp' | 'emcp_dispatch'): Promise<Session>;
}

/** The sApi token endpoint (contract §3.2). */
export interface LoginProbe {
  /** Logs in with the configured user; the exchange's body is journaled as derived facts only. */
  login(): Promise<{ readonly exchange: Exchange; readonly token: Token | undefined }>;
}

/** The longest a timer of Node.js can be set to; beyond it, it is over at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Clock {
  /** Epoch milliseconds as the target should see them. */
  now(): number;
  /** Milliseconds on a monotonic clock, for durations. */
  monotonic(): number;
  /** Lets time pass: really on a remote target, at once where the target owns its clock. Ends early on abort. */
  wait(ms: number): Promise<void>;
}

/** Names that are new to the target and the same for the same seed. */
export interface Ids {
  /** Begins every name below; what the run leaves on the target is found by it. */
  readonly prefix: string;
  /** A short lower-case word, unique within the run. */
  nonce(): string;
  /** The prefix and a word of its own, for keys, subjects and the like. */
  name(): string;
  uuid(): string;
}

/** A command's answer. `signal` is set when it was ended by one. */
export interface CommandResult extends Evidence {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface ArtisanProbe {
  run(args: readonly string[]): Promise<CommandResult>;
}

/** Runs the worker once, by the operator's command or the embedded server's own. */
export interface WorkerProbe {
  run(): Promise<CommandResult>;
}

export interface WorkerRow extends Evidence {
  readonly identifier: string;
  readonly scope: string;
  readonly class: string;
  readonly active: boolean;
}

export interface TaskRow extends Evidence {
  readonly id: number;
  readonly identifier: string;
  readonly action: string;
  readonly status: number;
  readonly message: string | null;
  readonly attempts: number;
  readonly progress: number;
  readonly traceId: string | null;
  readonly idempotencyKey: string | null;
  readonly startedBy: number | null;
  /** Inner HTTP status and JSON-RPC error code of a finished task, when it has them. */
  readonly inner: { readonly httpStatus: number | null; readonly errorCode: number | null };
  readonly hasFinishedAt: boolean;
}

/** Questions to the target's database; never SQL. */
export interface DatabaseProbe {
  worker(
    identifier: string,
  ): Promise<(Evidence & { readonly row: WorkerRow | null }) | (Evidence & { readonly missing: 's_workers' })>;
  task(id: number): Promise<Evidence & { readonly row: TaskRow | null }>;
  tasksByKey(key: string): Promise<Evidence & { readonly rows: readonly TaskRow[] }>;
}

/**
 * What a settings file says under a path of keys; there is no way to a value without its kind. `value`: written down in
 * the file. `default`: the file does not say, so that what the package ships holds. `unreadable`: only a running program
 * knows, or its environment, or nobody.
 */
export type Reading =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'default' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The same for the keys of a group or a list. */
export type KeysReading =
  | { readonly kind: 'value'; readonly keys: readonly string[] }
  | Extract<Reading, { readonly kind: 'default' | 'unreadable' }>;

/** A settings file of the target, evaluated statically. */
export interface SettingsFile extends Evidence {
  /** A group or a list is read only when everything in it is. */
  read(...path: readonly string[]): Reading;
  /** The keys of a group or a list, whether their values can be read or not. */
  keys(...path: readonly string[]): KeysReading;
}

/** The two settings files of the target. */
export interface ConfigProbe {
  settings(): Promise<SettingsFile>;
  registry(): Promise<SettingsFile>;
}

/** A checkout of the eMCP package: files by name. */
export interface WorkspaceProbe {
  read(file: string): Promise<(Evidence & { readonly text: string }) | (Evidence & { readonly missing: true })>;
}

export interface StreamFrame {
  /** `malformed` is a line that belongs to no field of the event stream format. */
  readonly kind: 'event' | 'comment' | 'retry' | 'malformed';
  /** Data of an event, text of a comment, milliseconds of a retry, the start of a malformed line. */
  readonly data: string;
  readonly event: string | undefined;
  readonly id: string | undefined;
  /** Milliseconds since the request was sent, and the byte offset where the frame ended. */
  readonly at: number;
  readonly offset: number;
}

/** A stream watched to its end or to a limit. Bytes and offsets count after decompression. */
export interface StreamRecord extends Evidence {
  /** Status and headers of the answer; its text is empty where the answer was an event stream. */
  readonly exchange: Exchange;
  readonly frames: readonly StreamFrame[];
  /** Bytes by arrival; what came within a millisecond is one chunk. */
  readonly chunks: readonly { readonly at: number; readonly bytes: number }[];
  readonly ended: 'closed' | 'limit-seconds' | 'limit-bytes' | 'limit-line' | 'limit-events' | 'cut' | 'cancelled';
  /** Bytes of an event that was never completed came last. */
  readonly unfinished: boolean;
  readonly durationMs: number;
  readonly answeredBy: AnsweredBy;
  /** How it was carried and what to change about that, in words for people. */
  readonly diagnosis: string;
}

export interface WatchOptions extends RequestOptions {
  /** Total limit; heartbeats do not extend it. */
  readonly seconds: number;
  readonly stopAfterFrames?: number;
  /** Told of each frame as it arrives. */
  readonly onFrame?: (frame: StreamFrame) => void;
}

export interface StreamProbe {
  /** One JSON-RPC request, whose answer is watched. */
  watch(method: string, params: JsonObject | undefined, options: WatchOptions): Promise<StreamRecord>;
  /** Streams the target still produces once there is none, or after so long; only where the target can tell. */
  readonly open?: (withinMs: number) => Promise<Evidence & { readonly streams: number }>;
}

/** Everything a check may ask for by name. */
export interface Probes {
  readonly mcp: RouteProbe;
  readonly manager: RouteProbe;
  readonly token: TokenProbe;
  readonly mint: MintProbe;
  readonly session: SessionProbe;
  readonly unprivileged: UnprivilegedProbe;
  readonly login: LoginProbe;
  readonly stream: StreamProbe;
  readonly artisan: ArtisanProbe;
  readonly worker: WorkerProbe;
  readonly config: ConfigProbe;
  readonly database: DatabaseProbe;
  readonly workspace: WorkspaceProbe;
}

export type Capability = keyof Probes;

export const CAPABILITIES = [
  'mcp',
  'manager',
  'token',
  'mint',
  'session',
  'unprivileged',
  'login',
  'stream',
  'artisan',
  'worker',
  'config',
  'database',
  'workspace',
] as const satisfies readonly Capability[];
