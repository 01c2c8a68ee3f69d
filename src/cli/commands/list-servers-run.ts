import { at } from '../../model/json.ts';
import { jsonOf } from '../../model/evidence.ts';
import { Blocked } from '../../model/errors.ts';
import type { ArtisanProbe, Probes } from '../../model/probes.ts';
import { parseServerList } from '../../protocol/artisan-list-servers.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { askTarget, type Asked } from '../ask-target.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { exitOfConsole, mirrorJson, repeat } from '../mirror.ts';
import { doctorOf, type TargetFlags } from '../target-flags.ts';

export interface ListServersFlags extends TargetFlags {
  readonly json?: boolean;
}

export async function runListServers(flags: ListServersFlags, io: Io): Promise<number> {
  return askTarget(flags, io, { command: 'list-servers' }, async (asked) =>
    asked.probes.artisan ? byConsole(asked.probes.artisan, asked, { flags, io }) : byHttp(asked, { flags, io }),
  );
}

interface Showing {
  readonly flags: ListServersFlags;
  readonly io: Io;
}

async function byConsole(artisan: ArtisanProbe, { target }: Asked, { flags, io }: Showing): Promise<number> {
  const output = await artisan.run(['emcp:list-servers']);
  const read = parseServerList(output);
  if (flags.json) io.out(mirrorJson('list-servers', target, { via: 'artisan', exit: output.exit, ...read }));
  else repeat(output, target, io);
  return exitOfConsole({ output, read, target }, io);
}

interface ProvenServer {
  readonly handle: string;
  /** The rules before the registry (token, scope, rate, policy) refuse every handle alike, so they prove nothing. */
  readonly overHttp: 'answers' | 'not-registered' | 'unknown';
  readonly status: number;
  readonly code: string | undefined;
}

/** One cheap request a handle. */
async function byHttp({ probes, target }: Asked, { flags, io }: Showing): Promise<number> {
  const { mcp, token } = probes;
  if (!mcp || !token) {
    throw new Blocked(
      'there is neither artisan nor a token',
      'the same command with --artisan COMMAND, --token-file FILE or --secret-file FILE',
    );
  }
  const servers: ProvenServer[] = [];
  for (const handle of mcp.servers) servers.push(await provenOf({ mcp, token }, handle));
  if (flags.json) io.out(mirrorJson('list-servers', target, { via: 'http', servers }));
  else io.out(servers.map(lineOf).join(''));
  io.err('This is what HTTP proves of the handles given; transport, class and other servers only artisan lists.\n');
  if (servers.some(({ overHttp }) => overHttp === 'answers')) return EXIT.ok;
  if (servers.every(({ overHttp }) => overHttp === 'not-registered')) return EXIT.failed;
  io.err(`emcp: these answers prove nothing of any handle\nnext: ${doctorOf(flags)}\n`);
  return EXIT.blocked;
}

async function provenOf({ mcp, token }: Pick<Probes, 'mcp' | 'token'>, handle: string): Promise<ProvenServer> {
  const reply = await mcp.request('tools/list', undefined, { server: handle, token: await token.sound(), id: 1 });
  const json = jsonOf(reply);
  const word = at(json, 'error', 'code');
  const code = typeof word === 'string' ? word : undefined;
  const known = { handle, status: reply.status, code };
  if (at(json, 'jsonrpc') === '2.0') return { ...known, overHttp: 'answers' };
  return { ...known, overHttp: code === 'server_not_found' ? 'not-registered' : 'unknown' };
}

function lineOf({ handle, overHttp, status, code }: ProvenServer): string {
  const reason = code === undefined ? 'not eMCP' : oneLine(code, LONGEST_CODE);
  const meaning = {
    answers: 'answers',
    'not-registered': `not registered, or disabled (${status} ${reason})`,
    unknown: `unknown: HTTP ${status} ${reason}`,
  }[overHttp];
  return `${handle.padEnd(20)} ${meaning}\n`;
}

const LONGEST_CODE = 60;
