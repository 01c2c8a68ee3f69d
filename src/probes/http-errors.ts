import type { UnreachableKind } from '../model/errors.ts';

const KINDS: readonly (readonly [RegExp, UnreachableKind])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ENOTFOUND|EAI_[A-Z]+)$/, 'dns'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'timeout-connect'],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'timeout-first-byte'],
  [/^UND_ERR_BODY_TIMEOUT$/, 'timeout-idle'],
  [/^(?:UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_EXCEEDED_MAX_SIZE|HPE_HEADER_OVERFLOW)$/, 'too-large'],
  [/^UND_ERR_RES(?:PONSE)?_CONTENT_LENGTH_MISMATCH$/, 'truncated'],
  // Undici gives its parser's code only sometimes, the name always.
  [/^(?:HPE_|HTTPParserError$)/, 'malformed'],
  [/^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/, 'tls'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'reset'],
];

/** From codes, never from message text; several addresses tried give an error that holds one for each. */
export function unreachableKindOf(error: unknown): UnreachableKind {
  for (const code of codesOf(error)) {
    const known = KINDS.find(([pattern]) => pattern.test(code));
    if (known) return known[1];
  }
  return 'other';
}

function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, name, cause, errors } = error as Readonly<
    Partial<Record<'code' | 'name' | 'cause' | 'errors', unknown>>
  >;
  const nested = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  const own = [code, name].filter((text) => typeof text === 'string');
  return [...own, ...nested.flatMap((inner) => codesOf(inner, depth + 1))];
}
