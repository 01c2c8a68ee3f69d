import type { Installation } from '../../config/installation.ts';
import { assertNeed } from '../../config/option-relations.ts';
import { describeTarget, resolveConnection } from '../../config/target-config.ts';
import type { TargetWords } from '../../config/target-words.ts';
import { Unreachable, UsageError } from '../../model/errors.ts';
import type { LoginProbe } from '../../model/probes.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { withTarget } from '../../targets/open.ts';
import { withProbes } from '../ask-target.ts';
import { inWords } from '../duration.ts';
import { EXIT } from '../exit.ts';
import { listenForInterruption } from '../interruption.ts';
import type { Io } from '../io.ts';
import { targetSources } from '../target-sources.ts';

export type LoginFlags = TargetWords;

/** Prints the token alone; what it grants, or why there is none, goes to stderr. */
export async function runLogin(flags: LoginFlags, io: Io, open = withTarget): Promise<number> {
  const config = await loginOf(flags, io);
  const interruption = listenForInterruption(io);
  const { signal } = interruption;
  try {
    const granted = await open(config, (target) =>
      withProbes(target, { command: 'token', signal }, async ({ probes }) => probes.login?.login()),
    );
    const by = interruption.by();
    return by === null ? tell(granted, io) : EXIT[by];
  } catch (error) {
    const by = interruption.by();
    if (by !== null) return EXIT[by];
    if (!(error instanceof Unreachable)) throw error;
    io.err(`emcp: ${error.message}\nnext: emcp doctor --url ${config.url}\n`);
    return EXIT.blocked;
  } finally {
    interruption.end();
  }
}

async function loginOf(flags: LoginFlags, io: Io): Promise<Installation> {
  const description = describeTarget(await targetSources(flags, io));
  const connection = await resolveConnection(description, ['password']);
  if (connection === undefined) throw missing('no-target', 'a token endpoint', '--url URL, EMCP_BASE_URL or --target');
  const { username } = description.given;
  if (username === undefined) throw missing('no-user', 'a user', '--login USER or EMCP_USERNAME');
  assertNeed(description.given, 'username');
  return connection;
}

function missing(code: string, what: string, hint: string): UsageError {
  return new UsageError(code, `to log in there must be ${what}`, { hint });
}

function tell(granted: Awaited<ReturnType<LoginProbe['login']>> | undefined, io: Io): number {
  const token = granted?.token;
  if (token === undefined) {
    const status = granted?.exchange.status ?? 0;
    io.err(`emcp: HTTP ${status}: ${REFUSALS[status] ?? 'no token was granted'}\nnext: emcp token login --help\n`);
    return EXIT.failed;
  }
  io.out(`${token.value}\n`);
  const scopes = token.scopes?.join(', ') ?? 'unknown';
  const end =
    token.expires === undefined ? 'never expires' : `expires in ${inWords(token.expires - Date.now() / 1000)}`;
  io.err(`granted to ${oneLine(token.subject ?? 'nobody')}: ${oneLine(scopes)}; ${end}\n`);
  if (token.scopes?.includes('*')) io.err('warning: the scope * grants everything; set SAPI_JWT_SCOPES\n');
  return EXIT.ok;
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'the password is not the one of this user',
  403: 'the role of this user may not obtain tokens',
  404: 'there is no such user, or no token endpoint at this path',
  405: 'there is no token endpoint at this path',
  422: 'the user name is empty',
  500: 'the target has no signing secret, or is broken',
};
