import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Claims } from '../context.ts';
import { phpTrim, toText } from '../json/cast.ts';
import { parseJson } from '../json/parse.ts';
import { Float, isList, isObject, member, type PhpObject, type PhpValue } from '../json/value.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings.ts';

/** Reads an `Authorization` header; gives back the claims of a sound token, `undefined` for any other. */
export interface TokenVerifier {
  /** Throws when there is a bearer token but no secret to check it with. */
  readonly verify: (authorization: string) => Claims | undefined | Promise<Claims | undefined>;
}

/**
 * Mirrors sApi's JWT middleware over firebase/php-jwt 6.x: HS256 only, no leeway, no smallest secret. Its rules differ
 * from jose's (`crit` ignored, numeric text in `exp`, `iat` looked at, lax base64), hence not jose.
 */
export function createTokenVerifier(settings: Settings, ports: Pick<Ports, 'now'>): TokenVerifier {
  const { jwtSecret, jwtIss } = settings.sapi;
  return {
    verify(authorization) {
      const token = bearer(authorization);
      if (token === undefined) return undefined;
      if (jwtSecret === '') throw new Error('SAPI_JWT_SECRET is empty');
      const payload = signedPayload(token, jwtSecret);
      if (payload === undefined || !isTimely(payload, Math.floor(ports.now() / 1000))) return undefined;
      if (jwtIss !== '' && payload.get('iss') !== jwtIss) return undefined;
      return { subject: subjectOf(payload.get('sub')), scopes: scopesOf(payload.get('scopes')) };
    },
  };
}

function bearer(authorization: string): string | undefined {
  const token = /^Bearer[ \t\n\r\f\v]+(.*)$/is.exec(phpTrim(authorization))?.[1];
  return token === undefined || phpTrim(token) === '' ? undefined : phpTrim(token);
}

function signedPayload(token: string, secret: string): PhpObject | undefined {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || member(decode(header), 'alg') !== 'HS256') return undefined;
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = decode(payload);
  if (isList(claims)) return new Map();
  return isObject(claims) ? claims : undefined;
}

function decode(segment: string): PhpValue | undefined {
  const parsed = parseJson(Buffer.from(segment, 'base64url'));
  return parsed.kind === 'value' ? parsed.value : undefined;
}

function isTimely(payload: PhpObject, now: number): boolean {
  const [exp, nbf, iat] = ['exp', 'nbf', 'iat'].map((name) => momentOf(payload.get(name)));
  if (exp?.kind === 'strange' || nbf?.kind === 'strange') return false;
  if (exp?.kind === 'at' && now >= exp.seconds) return false;
  if (nbf?.kind === 'at') return Math.floor(nbf.seconds) <= now;
  return iat?.kind !== 'strange' && (iat?.kind !== 'at' || Math.floor(iat.seconds) <= now);
}

type Moment = { readonly kind: 'at'; readonly seconds: number } | { readonly kind: 'absent' | 'strange' };

/** A number, or text that is one; null counts as absent. */
function momentOf(value: PhpValue | undefined): Moment {
  if (value === undefined || value === null) return { kind: 'absent' };
  const seconds = value instanceof Float ? value.value : Number(isNumeric(value) ? value : Number.NaN);
  return Number.isNaN(seconds) ? { kind: 'strange' } : { kind: 'at', seconds };
}

function isNumeric(value: PhpValue): value is number | bigint | string {
  if (typeof value === 'string')
    return /^[ \t\n\r\v\f]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\v\f]*$/.test(value);
  return typeof value === 'number' || typeof value === 'bigint';
}

function subjectOf(value: PhpValue | undefined): string | undefined {
  if (isList(value) || isObject(value)) return undefined;
  const subject = phpTrim(toText(value));
  return subject === '' ? undefined : subject;
}

/** A list of texts, or one comma-separated text; an object or anything else is no scope. */
function scopesOf(value: PhpValue | undefined): readonly string[] {
  const entries = typeof value === 'string' ? value.split(',') : isList(value) ? value : [];
  return entries.flatMap((entry) => (typeof entry === 'string' && phpTrim(entry) !== '' ? [phpTrim(entry)] : []));
}
