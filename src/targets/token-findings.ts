import type { Json, JsonObject } from '../model/json.ts';
import type { TokenText } from './tokens.ts';

export interface TokenFinding {
  readonly code: string;
  /** `unusable` is refused by eMCP or must never be used; the rest works, and is worth knowing. */
  readonly weight: 'unusable' | 'warning';
  readonly says: string;
}

/** What is remarkable about a token, by the rules its target verifies with (contract 3.1, H09, H10). */
export function judgeToken({ header, claims, secretIsKnown }: TokenText, nowS: number): readonly TokenFinding[] {
  return [
    ...when(secretIsKnown, unusable('known-secret', 'signed with a published secret: anybody can mint its like (H10)')),
    ...when(header['alg'] !== 'HS256', unusable('algorithm', 'only HS256 is accepted')),
    ...judgeTimes(claims, nowS),
    ...judgeScopes(claims),
    ...when(
      typeof claims['sub'] !== 'string' || claims['sub'].trim() === '',
      warning('no-subject', 'without sub, everybody behind one address shares a rate limit'),
    ),
  ];
}

function judgeTimes({ exp, nbf, iat }: JsonObject, nowS: number): readonly TokenFinding[] {
  const expires = numeric(exp);
  const from = numeric(nbf);
  const issued = numeric(iat);
  return [
    ...when(exp === undefined || exp === null, warning('no-expiry', 'without exp it is accepted for ever (H09)')),
    ...when(typeof exp === 'string' && expires === undefined, unusable('bad-expiry', 'exp is not a number')),
    ...when(expires !== undefined && expires <= nowS, unusable('expired', 'it has expired')),
    ...when(from !== undefined && from > nowS, unusable('not-yet-valid', 'it is not valid yet')),
    ...when(
      nbf === undefined && issued !== undefined && issued > nowS,
      unusable('from-the-future', 'it is issued in the future: compare the clocks'),
    ),
  ];
}

function judgeScopes({ scopes, scope }: JsonObject): readonly TokenFinding[] {
  const listed = scopesOf(scopes);
  return [
    ...when(listed.includes('*'), warning('every-scope', 'the scope * grants everything, now and later')),
    ...when(listed.length === 0, warning('no-scopes', 'without scopes every method is refused')),
    ...when(
      typeof scopes === 'string' && /\S\s+\S/.test(scopes) && !scopes.includes(','),
      warning('scope-encoding', 'scopes in one text are separated by commas, not by blanks'),
    ),
    ...when(scopes === undefined && scope !== undefined, warning('scope-claim', 'the claim scope is not read')),
  ];
}

/** A list of texts, or one text with commas. */
export function scopesOf(scopes: Json | undefined): readonly string[] {
  const parts = typeof scopes === 'string' ? scopes.split(',') : Array.isArray(scopes) ? scopes : [];
  return parts.flatMap((part) => (typeof part === 'string' && part.trim() !== '' ? [part.trim()] : []));
}

/** A number, or a text that is one. */
export function numeric(value: Json | undefined): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  return value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value);
}

function when(applies: boolean, finding: TokenFinding): readonly TokenFinding[] {
  return applies ? [finding] : [];
}

function unusable(code: string, says: string): TokenFinding {
  return { code, weight: 'unusable', says };
}

function warning(code: string, says: string): TokenFinding {
  return { code, weight: 'warning', says };
}
