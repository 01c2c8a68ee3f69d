import { describe, expect, it } from 'vitest';
import { runConsole } from '../../../src/server/console/artisan.ts';
import type { ConsoleHost, ConsoleServer } from '../../../src/server/console/host.ts';
import type { ServerResponse } from '../../../src/server/message.ts';

const content: ConsoleServer = {
  handle: 'content',
  transport: 'web',
  class: String.raw`EvolutionCMS\eMCP\Servers\ContentServer`,
};

const serverInfo = { platform: 'eMCP', platformVersion: '1' };
const initialized = { result: { serverInfo, capabilities: { evo: { toolsetVersion: '1.0' } } } };
const session: ServerResponse['headers'] = [['MCP-Session-Id', 's']];

function host(over: Partial<ConsoleHost> = {}): ConsoleHost {
  return {
    servers: () => [content],
    call: async () => Promise.resolve({ status: 200, headers: session, body: JSON.stringify(initialized) }),
    repairWorker: () => ({ kind: 'in-sync' }),
    runTasks: async () => Promise.resolve(0),
    ...over,
  };
}

const answering = (response: Partial<ServerResponse>) =>
  host({ call: async () => Promise.resolve({ status: 200, headers: session, body: '', ...response }) });

describe('the console', () => {
  it('draws the table of servers as wide as its widest cell', async () => {
    const servers = () => [content, { handle: 'hoststream', transport: 'web', class: 'X' }];
    const { exit, stdout } = await runConsole(['emcp:list-servers'], host({ servers }));
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '+------------+-----------+-----------------------------------------+---------+',
      '| Handle     | Transport | Class                                   | Enabled |',
      '+------------+-----------+-----------------------------------------+---------+',
      String.raw`| content    | web       | EvolutionCMS\eMCP\Servers\ContentServer | yes     |`,
      '| hoststream | web       | X                                       | yes     |',
      '+------------+-----------+-----------------------------------------+---------+',
      '',
    ]);
  });

  it.each([
    [{ kind: 'created' }, 0, /worker created\.$/],
    [{ kind: 'updated' }, 0, /worker updated\.$/],
    [{ kind: 'in-sync' }, 0, /worker already in sync\.$/],
    [{ kind: 'skipped', reason: 'driver' }, 0, /^queue\.driver/],
    [{ kind: 'skipped', reason: 'no-table' }, 0, /^s_workers/],
    [{ kind: 'failed', stage: 'inspect', message: 'gone' }, 1, /^Cannot inspect .*: gone$/],
    [{ kind: 'failed', stage: 'sync', message: 'full' }, 1, /^Failed to sync .*: full$/],
  ] as const)('prints one line for the sync result %j', async (repair, exit, line) => {
    const outcome = await runConsole(['emcp:sync-workers'], host({ repairWorker: () => repair }));
    expect(outcome.exit).toBe(exit);
    expect(outcome.stdout.trimEnd()).toMatch(line);
  });

  it('repairs the worker row before any command, so that a sync finds nothing to do', async () => {
    let row: 'created' | 'in-sync' | undefined;
    const repairWorker = () => {
      row = row === undefined ? 'created' : 'in-sync';
      return { kind: row };
    };
    expect((await runConsole(['emcp:sync-workers'], host({ repairWorker }))).stdout).toContain('already in sync');
  });

  it('counts the tasks of a pass and exits 0 whatever became of them', async () => {
    const runTasks = async () => Promise.resolve(3);
    expect(await runConsole(['stask:worker'], host({ runTasks }))).toEqual({
      exit: 0,
      stderr: '',
      stdout: '[stask:worker] created 0 scheduled task(s), processed 3 task(s).\n',
    });
  });

  it.each([
    [
      'an exception in the pass',
      ['stask:worker'],
      { runTasks: async () => Promise.reject(new Error('no such table')) },
    ],
    [
      'a boot that fails',
      ['emcp:list-servers'],
      {
        servers: () => {
          throw new Error('duplicate');
        },
      },
    ],
    ['an option nobody knows', ['emcp:test', '--foo'], {}],
    ['an option of another command', ['emcp:list-servers', '--server=x'], {}],
    ['an unknown command', ['emcp:nope'], {}],
    ['a command that is a word of JavaScript', ['constructor'], {}],
  ] as const)('exits 255 with nothing on stdout for %s', async (_, argv, over) => {
    const outcome = await runConsole(argv, host(over));
    expect(outcome).toMatchObject({ exit: 255, stdout: '' });
    expect(outcome.stderr).toMatch(/^PHP Fatal error: {2}Uncaught /);
  });

  it('names the commands of the same family when one is unknown', async () => {
    const { stderr } = await runConsole(['emcp:nope'], host());
    expect(stderr.match(/^ {4}\S+/gm)?.map((line) => line.trim())).toEqual(
      expect.arrayContaining(['emcp:list-servers', 'emcp:sync-workers', 'emcp:test', 'mcp:start']),
    );
  });

  it('takes the options every artisan command takes', async () => {
    expect((await runConsole(['emcp:list-servers', '--no-ansi', '-n'], host())).exit).toBe(0);
  });

  it('starts a local server only', async () => {
    const refused = await runConsole(['mcp:start', 'content'], host());
    expect(refused.exit).toBe(1);
    expect(refused.stdout).toContain('ERROR');
    const servers = () => [{ ...content, transport: 'local' }];
    expect((await runConsole(['mcp:start', 'content'], host({ servers }))).exit).toBe(0);
  });
});

describe('emcp:test', () => {
  const test = async (over: ConsoleHost, ...options: readonly string[]) => runConsole(['emcp:test', ...options], over);
  const lastLine = (stdout: string) => stdout.trimEnd().split('\n').at(-1);

  it.each([
    ['there are no servers', { servers: () => [] }, []],
    ['all servers are local', { servers: () => [{ ...content, transport: 'local' }] }, []],
    ['the wanted server is none', {}, ['--server', 'nope']],
    ['the wanted server is local', { servers: () => [{ ...content, transport: 'local' }] }, ['--server=content']],
  ] as const)('stops after its first line when %s', async (_, over, options) => {
    const { exit, stdout } = await test(host(over), ...options);
    expect(exit).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('prints status and body of a call that failed', async () => {
    const { exit, stdout } = await test(answering({ status: 403, body: '{"error":1}' }));
    expect(exit).toBe(1);
    expect(stdout).toMatch(/\ninitialize failed with HTTP 403\n\{"error":1\}\n$/);
  });

  it.each([
    ['no JSON', { body: '<p>' }],
    [
      'a stream of no JSON',
      {
        body: (async function* pieces() {
          yield 'data';
        })(),
      },
    ],
    ['no platform', { body: JSON.stringify({ result: { ...initialized.result, serverInfo: {} } }) }],
    ['no session', { body: JSON.stringify(initialized), headers: [] }],
    ['no tools', { body: new TextEncoder().encode(JSON.stringify(initialized)) }],
  ] as const)('fails on a server that answers %s', async (_, response) => {
    expect((await test(answering(response))).exit).toBe(1);
  });

  it('names every required tool that is not listed', async () => {
    const both = { result: { ...initialized.result, tools: [{ name: 'evo.content.get' }, { name: 'evo.model.get' }] } };
    const { exit, stdout } = await test(answering({ body: JSON.stringify(both) }));
    expect(exit).toBe(1);
    expect(lastLine(stdout)?.split(': ')[1]?.split(', ')).toEqual([
      'evo.content.search',
      'evo.content.root_tree',
      'evo.content.descendants',
      'evo.content.ancestors',
      'evo.content.children',
      'evo.content.siblings',
      'evo.model.list',
    ]);
  });
});
