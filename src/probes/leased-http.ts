import type { Allowance } from './allowance.ts';
import type { HttpClient, HttpLimits, HttpReply, HttpRequest, HttpStream } from './http.ts';

/** The client of one lease: it stays within its allowance and stops with it. */
export interface LeasedHttp {
  send(request: HttpRequest): Promise<HttpReply>;
  /** The same request once more, where the allowance gave a repetition. */
  sendAgain(request: HttpRequest): Promise<HttpReply>;
  open(request: HttpRequest, signal: AbortSignal, limits?: Partial<HttpLimits>): Promise<HttpStream>;
  readonly allowance: Allowance;
  /** Trace ids in bodies that were not those of their requests; one that comes again was stored. */
  readonly traces: Set<string>;
  /** Nothing is measured where eMCP's own limiter refuses. */
  readonly limitBlocks: boolean;
}

export function leaseHttp(
  http: HttpClient,
  allowance: Allowance,
  { limitBlocks = false }: Partial<Pick<LeasedHttp, 'limitBlocks'>> = {},
): LeasedHttp {
  const sendOnce = async (request: HttpRequest): Promise<HttpReply> => {
    let resent = false;
    const mayResend = (): boolean => {
      resent = allowance.repeat();
      return resent;
    };
    const reply = await http.send({ ...request, mayResend }, allowance.signal);
    return resent ? { ...reply, resent } : reply;
  };
  return {
    allowance,
    traces: new Set(),
    limitBlocks,
    async send(request) {
      allowance.spend(request.bucket);
      return sendOnce(request);
    },
    sendAgain: sendOnce,
    async open(request, signal, limits) {
      allowance.spend(request.bucket);
      return http.open({ ...request, mayResend: () => allowance.repeat() }, signal, limits);
    },
  };
}
