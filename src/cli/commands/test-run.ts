import { Blocked } from '../../model/errors.ts';
import { header, jsonOf, type Exchange } from '../../model/evidence.ts';
import { at, type Json } from '../../model/json.ts';
import type { ArtisanProbe } from '../../model/probes.ts';
import { parseSmokeTest } from '../../protocol/artisan-smoke-test.ts';
import { oneLine } from '../../reporters/sanitise.ts';
import { askTarget, type Asked } from '../ask-target.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { exitOfConsole, mirrorJson, repeat } from '../mirror.ts';
import type { TargetFlags } from '../target-flags.ts';

export interface TestFlags extends TargetFlags {
  readonly via?: 'artisan' | 'http';
  readonly json?: boolean;
}

export async function runTest(flags: TestFlags, io: Io): Promise<number> {
  return askTarget(flags, io, { command: 'test', used: ['servers'] }, async (asked) => {
    const { artisan } = asked.probes;
    if (flags.via === 'artisan' && !artisan)
      throw new Blocked('this target has no artisan', 'the same command with --artisan COMMAND');
    return artisan && flags.via !== 'http' ? byConsole(artisan, asked, { flags, io }) : byHttp(asked, { flags, io });
  });
}

interface Showing {
  readonly flags: TestFlags;
  readonly io: Io;
}

async function byConsole(artisan: ArtisanProbe, { target }: Asked, { flags, io }: Showing): Promise<number> {
  const [server] = flags.server ?? [];
  const output = await artisan.run(['emcp:test', ...(server === undefined ? [] : [`--server=${server}`])]);
  const read = parseSmokeTest(output);
  if (flags.json) io.out(mirrorJson('test', target, { via: 'artisan', exit: output.exit, ...read }));
  else repeat(output, target, io);
  io.err(
    'The console asks the runtime itself: no JWT, scope, rate limit or web server took part. --via http asks as clients do.\n',
  );
  return exitOfConsole({ output, read, target }, io);
}

interface Step {
  readonly name: 'initialize' | 'tools/list';
  /** What is wrong, or nothing. */
  readonly problem: string | undefined;
  readonly detail?: string;
}

async function byHttp({ probes, target, profile }: Asked, { flags, io }: Showing): Promise<number> {
  const { mcp, token } = probes;
  if (!mcp || !token)
    throw new Blocked(
      'there is no token',
      'the same command with --token-file FILE, --secret-file FILE or --artisan COMMAND',
    );
  const sound = await token.sound();
  const options = { token: sound, id: 1 };
  const [newest = ''] = profile.expect.protocolVersions;
  const steps: Step[] = [initializeStep(await mcp.initialize(newest, options))];
  if (steps[0]?.problem === undefined) {
    steps.push(toolsStep(await mcp.request('tools/list', {}, options), profile.expect.tools));
  }
  const passed = steps.length === 2 && steps.every(({ problem }) => problem === undefined);
  if (flags.json) io.out(mirrorJson('test', target, { via: 'http', server: mcp.servers[0], passed, steps }));
  else io.out(target.redactor.text(linesOf(mcp.servers[0] ?? '', steps, passed).join('')));
  return passed ? EXIT.ok : EXIT.failed;
}

function linesOf(server: string, steps: readonly Step[], passed: boolean): string[] {
  return [
    'Running eMCP smoke checks over HTTP...\n',
    `Using server: ${server}\n`,
    ...steps.map(({ name, problem, detail }) =>
      problem === undefined ? `${name}: OK\n` : `${name} ${problem}\n${detail === undefined ? '' : `${detail}\n`}`,
    ),
    ...(passed ? ['eMCP smoke test passed.\n'] : []),
  ];
}

function initializeStep(reply: Exchange): Step {
  const result = at(jsonOf(reply), 'result');
  const needed = {
    platform: at(result, 'serverInfo', 'platform'),
    platformVersion: at(result, 'serverInfo', 'platformVersion'),
    toolsetVersion: at(result, 'capabilities', 'evo', 'toolsetVersion'),
    'session id': header(reply, 'mcp-session-id'),
  };
  const missing = Object.entries(needed).filter(([, value]) => typeof value !== 'string' || value === '');
  return stepOf(
    'initialize',
    reply,
    missing.map(([name]) => name),
  );
}

function toolsStep(reply: Exchange, required: readonly string[]): Step {
  const tools = at(jsonOf(reply), 'result', 'tools');
  const names = Array.isArray(tools) ? tools.map((tool: Json) => at(tool, 'name')) : [];
  return stepOf(
    'tools/list',
    reply,
    required.filter((name) => !names.includes(name)),
  );
}

function stepOf(name: Step['name'], reply: Exchange, missing: readonly string[]): Step {
  if (reply.status !== 200)
    return { name, problem: `failed with HTTP ${reply.status}`, detail: oneLine(reply.text, 500) };
  if (jsonOf(reply) === undefined) return { name, problem: 'answered with something that is no JSON' };
  return { name, problem: missing.length === 0 ? undefined : `lacks ${missing.join(', ')}` };
}
