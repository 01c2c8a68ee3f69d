import type { TargetWords } from '../../config/target-words.ts';
import { describeTarget } from '../../config/target-config.ts';
import { UsageError } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { judgeToken, numeric, scopesOf, type TokenFinding } from '../../targets/token-findings.ts';
import { readTokenText, type TokenText } from '../../targets/tokens.ts';
import { inWords } from '../duration.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { jsonDocument } from '../json-document.ts';
import { targetSources } from '../target-sources.ts';

export interface InspectFlags extends TargetWords {
  readonly json?: boolean;
}

/** Red where the token is of no use, or of use to everybody. */
export async function runInspect(flags: InspectFlags, io: Io): Promise<number> {
  const { given } = describeTarget(await targetSources(flags, io));
  const value = await given.token?.read();
  if (value === undefined) {
    throw new UsageError('no-token', 'there is no token to inspect', {
      hint: '--token-file FILE, EMCP_API_TOKEN, or token: in emcp.yaml',
    });
  }
  const token = readTokenText(value.replace(/^Bearer\s+/i, ''));
  if (token === undefined) {
    throw new UsageError('not-a-token', 'that is no JSON Web Token', { hint: 'emcp token mint or emcp token login' });
  }
  const nowS = Date.now() / 1000;
  const findings = judgeToken(token, nowS);
  const { header, claims } = token;
  io.out(flags.json ? jsonDocument('token inspect', { header, claims, findings }) : describe(token, findings, nowS));
  return findings.some(({ weight }) => weight === 'unusable') ? EXIT.failed : EXIT.ok;
}

const NAMED = new Set(['sub', 'scopes', 'iat', 'nbf', 'exp', 'iss']);

function describe({ header, claims }: TokenText, findings: readonly TokenFinding[], nowS: number): string {
  const { sub, scopes, iat, nbf, exp, iss } = claims;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['algorithm', show(header['alg'])],
    ['subject', show(sub) ?? 'nobody'],
    ['scopes', oneLine(scopesOf(scopes).join(', ')) || 'none'],
    ['issuer', show(iss)],
    ['issued', momentOf(iat, nowS)],
    ['valid from', momentOf(nbf, nowS)],
    ['expires', momentOf(exp, nowS) ?? 'never'],
    ...Object.entries(claims).flatMap(([name, value]) =>
      NAMED.has(name) ? [] : [[oneLine(name, 30), show(value)] as const],
    ),
  ];
  const facts = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(11)} ${value}\n`]));
  return [...facts, ...findings.map(({ weight, code, says }) => `${weight}: ${code}: ${says}\n`)].join('');
}

function show(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value), 200);
}

const LAST_DATE_S = 8.64e12;

function momentOf(claim: Json | undefined, nowS: number): string | undefined {
  const seconds = numeric(claim);
  if (seconds === undefined || Math.abs(seconds) > LAST_DATE_S) return show(claim ?? undefined);
  const words = inWords(seconds - nowS);
  return `${new Date(seconds * 1000).toISOString()} (${seconds > nowS ? `in ${words}` : `${words} ago`})`;
}
