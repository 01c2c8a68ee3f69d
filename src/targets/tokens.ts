import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isObject, parseJson, type Json, type JsonObject } from '../model/json.ts';
import type { Token } from '../model/probes.ts';
import { realClock } from '../probes/clock.ts';
import { seededIds } from '../probes/ids.ts';
import { createMint } from '../probes/jwt.ts';

export interface Minting {
  readonly secret: string;
  readonly issuer?: string | undefined;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Seconds from now. */
  readonly expiresIn: number;
}

/** A token as the target would issue it. */
export async function mintToken({ secret, issuer, ...claims }: Minting): Promise<Token> {
  const clock = realClock(new AbortController().signal);
  return createMint({ secret, issuer, clock, ids: seededIds(randomBytes(8).toString('hex'), 'token') }).token({
    issuedAtIn: 0,
    ...claims,
  });
}

/** What a token says, unverified. */
export interface TokenText {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** A published or trivial secret it is signed with. */
  readonly secretIsKnown: boolean;
}

/** Nothing where the text is no signed token. */
export function readTokenText(value: string): TokenText | undefined {
  const [head = '', payload = '', signature, ...more] = value.split('.');
  const [header, claims] = [head, payload].map(decode);
  if (signature === undefined || more.length > 0 || !isObject(header) || !isObject(claims)) return undefined;
  const signs = (secret: string): boolean =>
    createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url') === signature;
  return { header, claims, secretIsKnown: KNOWN_SECRETS.some(signs) };
}

/** The contract's H10: whoever knows the secret is anybody. */
export function isKnownSecret(secret: string): boolean {
  return KNOWN_SECRETS.includes(secret);
}

const SHORT_SECRETS = ['', 'secret', 'password', 'changeme', 'change-me', 'test', 'demo', 'emcp', 'emcp-demo', 'jwt'];
// Short secrets are padded to their digest by the demo installation.
const KNOWN_SECRETS: readonly string[] = [
  'emcp-demo-secret-0123456789abcdef0123456789abcdef',
  ...SHORT_SECRETS,
  ...SHORT_SECRETS.map((secret) => createHash('sha256').update(secret).digest('hex')),
];

function decode(part: string): Json | undefined {
  return parseJson(Buffer.from(part, 'base64url').toString('utf8'));
}
