import { at } from '../../model/json.ts';
import { jsonOf } from '../../model/evidence.ts';
import { Blocked } from '../../model/errors.ts';
import type { ArtisanProbe, Probes } from '../../model/probes.ts';
import { parseServerList } from '../../protocol/artisan-list-servers.ts';
import { askTarget, type Asked } from '../ask-target.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { exitOfConsole, mirrorJson, repeat } from '../mirror.ts';
import type { TargetFlags } from '../target-flags.ts';

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
  const list = parseServerList(output);
  if (flags.json) io.out(mirrorJson('list-servers', target, { via: 'artisan', exit: output.exit, ...list }));
  else repeat(output, target, io);
  return exitOfConsole(output, io);
}

const ANSWERS = 'answers';

/** One cheap request a handle: only `server_not_found` and an answer of the runtime prove anything. */
async function byHttp({ probes, target }: Asked, { flags, io }: Showing): Promise<number> {
  const { mcp, token } = probes;
  if (!mcp || !token) {
    throw new Blocked('there is neither artisan nor a token: give --artisan, or --token-file, --secret-file');
  }
  const servers = [];
  for (const handle of mcp.servers) servers.push({ handle, overHttp: await stateOf({ mcp, token }, handle) });
  if (flags.json) io.out(mirrorJson('list-servers', target, { via: 'http', servers }));
  else for (const { handle, overHttp } of servers) io.out(`${handle.padEnd(20)} ${overHttp}\n`);
  io.err('This is what HTTP proves of the handles given; transport, class and other servers only artisan lists.\n');
  return servers.some(({ overHttp }) => overHttp === ANSWERS) ? EXIT.ok : EXIT.failed;
}

async function stateOf({ mcp, token }: Pick<Probes, 'mcp' | 'token'>, server: string): Promise<string> {
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const reply = await mcp.send({ server, token: await token.sound(), body });
  const json = jsonOf(reply);
  const code = at(json, 'error', 'code');
  if (at(json, 'jsonrpc') === '2.0') return ANSWERS;
  if (code === 'server_not_found') return 'not registered, or disabled (404 server_not_found)';
  return typeof code === 'string' ? `unknown: HTTP ${reply.status} ${code}` : `unknown: HTTP ${reply.status}, not eMCP`;
}
