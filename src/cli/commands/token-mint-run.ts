import { readOptions } from '../../config/described-target.ts';
import type { Installation } from '../../config/installation.ts';
import { describeTarget, resolveConnection } from '../../config/target-config.ts';
import type { TargetWords } from '../../config/target-words.ts';
import { Unreachable, UsageError } from '../../model/errors.ts';
import { header } from '../../model/evidence.ts';
import type { Target } from '../../model/target.ts';
import { withTarget } from '../../targets/open.ts';
import { isKnownSecret, mintToken } from '../../targets/tokens.ts';
import { withProbes } from '../ask-target.ts';
import { inWords, parseDuration } from '../duration.ts';
import { EXIT } from '../exit.ts';
import { listenForInterruption } from '../interruption.ts';
import type { Io, Signal } from '../io.ts';
import { targetSources } from '../target-sources.ts';

export interface MintFlags extends TargetWords {
  readonly scopes: string;
  readonly subject: string;
  readonly expires: string;
}

/** Bytes below which newer runtimes refuse a secret (H10). */
const SHORT_SECRET = 32;

/** Prints the token alone; everything else is told on stderr. */
export async function runMint(flags: MintFlags, io: Io, open = withTarget): Promise<number> {
  const expiresIn = parseDuration(flags.expires, '--expires');
  const scopes = scopesFrom(flags.scopes);
  const description = describeTarget(await targetSources(flags, io));
  const { secret, issuer } = await readOptions(description.given, ['secret', 'issuer']);
  if (secret === undefined) {
    throw new UsageError('no-secret', 'a token is minted with the signing secret of the target', {
      hint: '--secret-file FILE, EMCP_TEST_JWT_SECRET, or secret: in emcp.yaml',
    });
  }
  const connection = await resolveConnection(description);
  for (const line of [...secretWarnings(secret), ...scopeWarnings(scopes)]) io.err(`warning: ${line}\n`);
  const interruptedBy = connection === undefined ? null : await compareClocks(connection, io, open);
  if (interruptedBy !== null) return EXIT[interruptedBy];
  const { subject } = flags;
  const { value } = await mintToken({ secret, issuer, subject, scopes, expiresIn });
  io.out(`${value}\n`);
  io.err(`minted for ${subject}: ${scopes.join(', ')}; expires in ${inWords(expiresIn)}\n`);
  return EXIT.ok;
}

function scopesFrom(text: string): readonly string[] {
  const scopes = text.split(',').map((scope) => scope.trim());
  if (scopes.every((scope) => /^\S+$/.test(scope))) return scopes;
  throw new UsageError('bad-scopes', `--scopes ${JSON.stringify(text)} is no list of scopes`, {
    hint: '--scopes mcp:read,mcp:call',
  });
}

function secretWarnings(secret: string): readonly string[] {
  if (isKnownSecret(secret)) return ['the secret is published: anybody can mint such tokens (H10)'];
  const bytes = Buffer.byteLength(secret);
  return bytes < SHORT_SECRET ? [`the secret has ${bytes} bytes, and newer runtimes demand ${SHORT_SECRET} (H10)`] : [];
}

function scopeWarnings(scopes: readonly string[]): readonly string[] {
  return scopes.includes('*') ? ['the scope * grants everything, now and later'] : [];
}

/** Seconds of difference above which a token may be refused; the Date header has whole seconds. */
const TOLERATED_SECONDS = 2;

/** Tokens are verified without leeway, so it warns of a clock that refuses what is minted; tells what interrupted it. */
async function compareClocks(connection: Installation, io: Io, open: typeof withTarget): Promise<Signal | null> {
  const interruption = listenForInterruption(io);
  try {
    const skew = () => open(connection, (target) => skewOf(target, interruption.signal));
    const warnings = await clockWarnings(skew);
    if (interruption.by() === null) for (const line of warnings) io.err(`warning: ${line}\n`);
  } catch (error) {
    if (interruption.by() === null) throw error;
  } finally {
    interruption.end();
  }
  return interruption.by();
}

/** Seconds the target's clock is ahead; `undefined` when it cannot be asked. */
async function skewOf(target: Target, signal: AbortSignal): Promise<number | undefined> {
  const answer = await withProbes(target, { command: 'token', signal }, async ({ probes }) =>
    probes.mcp?.send({ method: 'GET' }),
  );
  return answer === undefined ? undefined : (Date.parse(header(answer, 'date') ?? '') - Date.now()) / 1000;
}

async function clockWarnings(skewNow: () => Promise<number | undefined>): Promise<readonly string[]> {
  try {
    const skew = await skewNow();
    if (skew === undefined || Number.isNaN(skew)) return ['the target sends no Date, so the clocks were not compared'];
    if (Math.abs(skew) <= TOLERATED_SECONDS) return [];
    return [`the target's clock is ${inWords(skew)} ${skew < 0 ? 'behind' : 'ahead'}: set both by NTP`];
  } catch (error) {
    if (error instanceof Unreachable) return [`the clocks were not compared: ${error.message}`];
    throw error;
  }
}
