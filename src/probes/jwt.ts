import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import type { Codec } from '../journal/recorder.ts';
import type { Clock, Ids, MintProbe, Token, TokenClaims, TokenProbe, UnsoundKind } from '../model/probes.ts';

const HOUR_S = 3600;
const READ_AND_CALL = ['mcp:read', 'mcp:call'];

export interface MintOptions {
  readonly secret: string;
  readonly issuer?: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Signs tokens with the target's secret; unless told otherwise with a subject of the check's own. */
export function createMint({ secret, issuer, clock, ids }: MintOptions): MintProbe {
  const own = ids.name();
  const key = new TextEncoder().encode(secret);
  return {
    async token(claims) {
      const payload = payloadOf(claims, { own, issuer, nowS: Math.floor(clock.now() / 1000) });
      const value = await sign(payload, key, claims.algorithm ?? 'HS256');
      return describe(value, payload, claims.label ?? 'minted token');
    },
  };
}

/** What the target's secret gives a check: any token, and an ordinary one of its own. */
export function mintProbes(options: MintOptions): { readonly mint: MintProbe; readonly token: TokenProbe } {
  const mint = createMint(options);
  return { mint, token: createTokens(() => mint.token({ label: 'sound token' }), options.clock) };
}

interface Defaults {
  readonly own: string;
  readonly issuer: string | undefined;
  readonly nowS: number;
}

function payloadOf(claims: TokenClaims, { own, issuer, nowS }: Defaults): JWTPayload {
  const scopes = claims.scopes === undefined ? READ_AND_CALL : claims.scopes;
  const subject = claims.subject === undefined ? own : claims.subject;
  const expiresIn = claims.expiresIn === undefined ? HOUR_S : claims.expiresIn;
  return {
    ...(subject === null ? {} : { sub: subject }),
    ...(scopes === null ? {} : { scopes }),
    // A token that is already over was issued before it was.
    iat: nowS + (claims.issuedAtIn ?? Math.min(0, (expiresIn ?? HOUR_S) - HOUR_S)),
    ...(claims.notBeforeIn === undefined ? {} : { nbf: nowS + claims.notBeforeIn }),
    ...(expiresIn === null ? {} : { exp: nowS + expiresIn }),
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...claims.extra,
  };
}

async function sign(payload: JWTPayload, key: Uint8Array, algorithm: string): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: algorithm }).sign(key);
}

function describe(value: string, payload: JWTPayload, label: string): Token {
  const scopes = payload['scopes'];
  return {
    label,
    value,
    subject: typeof payload.sub === 'string' ? payload.sub : undefined,
    expires: secondsOf(payload.exp),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : splitScopes(scopes),
  };
}

/** PHP takes a text that is a number, too; whatever else stands there says no time. */
function secondsOf(exp: unknown): number | undefined {
  const seconds = typeof exp === 'string' && exp.trim() !== '' ? Number(exp) : exp;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : undefined;
}

function splitScopes(scopes: unknown): readonly string[] | undefined {
  return typeof scopes === 'string' ? scopes.split(',').map((scope) => scope.trim()) : undefined;
}

/** What can be read of a token that was given; its value is nobody's any more. */
export const credentialCodec: Codec<'credential', Token> = {
  kind: 'credential',
  keep: ({ subject, scopes, expires }) => ({
    ...(subject === undefined ? {} : { subject }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expires === undefined ? {} : { expiresSeconds: expires }),
  }),
  read: ({ subject, scopes, expiresSeconds: expires }) => {
    return { label: GIVEN_TOKEN, value: `(${GIVEN_TOKEN})`, subject, scopes, expires };
  },
};

export const GIVEN_TOKEN = 'given token';

/** A token somebody handed over: its claims are read, never verified. */
export function readToken(value: string, label: string): Token {
  try {
    return describe(value, decodeJwt(value), label);
  } catch {
    return { label, value, subject: undefined, scopes: undefined };
  }
}

/** Sound tokens come from `sound`; the unsound ones are made from it, and need no secret. */
export function createTokens(sound: () => Promise<Token>, clock: Clock): TokenProbe {
  return {
    sound,
    async unsound(kind) {
      const value = await forge(kind, (await sound()).value, Math.floor(clock.now() / 1000));
      return { label: `${kind} token`, value, subject: undefined, scopes: undefined };
    },
  };
}

async function forge(kind: UnsoundKind, sound: string, nowS: number): Promise<string> {
  const [, payload = '', signature = ''] = sound.split('.');
  const claims: JWTPayload = { sub: 'emcp-forged', scopes: ['*'], iat: nowS, exp: nowS + HOUR_S };
  switch (kind) {
    case 'garbage':
      return 'this-is-no-token';
    case 'tampered':
      return `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode({ ...readClaims(payload), sub: 'emcp-tampered' })}.${signature}`;
    case 'foreign-secret':
      return sign(claims, new TextEncoder().encode('a-secret-of-nobody-0123456789abcdef'), 'HS256');
    case 'alg-none':
      return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`;
  }
}

function readClaims(payload: string): object {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
