import { createHmac } from 'node:crypto';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings.ts';

/** Signs the token a successful login gets; mirrors sApi's token controller. */
export function issueToken(username: string, settings: Settings, ports: Pick<Ports, 'now'>): string {
  const { jwtSecret, jwtTtl, jwtScopes, jwtIss } = settings.sapi;
  const issuedAt = Math.floor(ports.now() / 1000);
  const issuer = jwtIss === '' ? {} : { iss: jwtIss };
  const claims = { iat: issuedAt, exp: issuedAt + jwtTtl, scopes: jwtScopes, sub: username, ...issuer };
  const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', jwtSecret).update(signed).digest('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
