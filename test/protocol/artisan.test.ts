import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { whyNotReached, type CommandOutput } from '../../src/protocol/artisan.ts';
import { parseServerList } from '../../src/protocol/artisan-list-servers.ts';
import { parseSmokeTest } from '../../src/protocol/artisan-smoke-test.ts';
import { parseWorkerSync } from '../../src/protocol/artisan-sync-workers.ts';
import { parseWorkerPass } from '../../src/protocol/artisan-worker-pass.ts';

const content = { handle: 'content', transport: 'web', class: 'Shop\\Content', enabled: true };
const table = `+---------+-----------+--------------+---------+
| Handle  | Transport | Class        | Enabled |
+---------+-----------+--------------+---------+
| content | web       | Shop\\Content | yes     |
+---------+-----------+--------------+---------+
`;

describe('the list of servers', () => {
  it('is read from the table', () => {
    expect(parseServerList(printed(table))).toEqual({ kind: 'listed', servers: [content] });
  });

  it('is read from a table that stands between PHP warnings, in colour and with Windows line ends', () => {
    const coloured = table.replace('Handle', '\u001b[32mHandle\u001b[39m').replaceAll('\n', '\r\n');
    const noisy = `\nWarning: Undefined array key "x" in /srv/a.php on line 3\n${coloured}\nDeprecated: old in b.php\n`;
    expect(parseServerList(printed(noisy))).toEqual({ kind: 'listed', servers: [content] });
  });

  it.each([
    ['before its first row', 3],
    ['before its last line', 4],
  ])('is none where it was cut %s', (_where, lines) => {
    expect(parseServerList(printed(table.split('\n').slice(0, lines).join('\n')))).toEqual({ kind: 'unrecognised' });
  });

  it('says when there is none', () => {
    expect(parseServerList(printed('No enabled MCP servers found in config.\n', 1))).toEqual({ kind: 'none' });
  });
});

describe('the smoke test', () => {
  const begun = 'Smoke checks run.\nUsing server: shop (Shop\\Server)\n';
  const server = { handle: 'shop', class: 'Shop\\Server' };

  it('has passed only with both steps', () => {
    const passed = `${begun}initialize: OK\ntools/list: OK\nThe smoke test passed.\n`;
    expect(parseSmokeTest(printed(passed))).toEqual({ kind: 'passed', server, passed: ['initialize', 'tools/list'] });
    expect(parseSmokeTest(printed(`${begun}The smoke test passed.\n`)).kind).not.toBe('passed');
  });

  it.each([
    ['No enabled servers found.', { kind: 'none-enabled' }],
    ['No enabled web transport server found.', { kind: 'no-web-server' }],
    ['Server [x] is not a valid web server.', { kind: 'unknown-server' }],
  ])('names why no server was tried: %s', (line, failure) => {
    expect(parseSmokeTest(printed(`Smoke checks run.\n${line}\n`, 1))).toEqual({
      kind: 'failed',
      failure,
      server: undefined,
      passed: [],
    });
  });

  it('gives the step, the status and the error code of a refusal', () => {
    const refused = `${begun}initialize failed with HTTP 403\n{"error":{"code":"server_denied"}}\n`;
    expect(parseSmokeTest(printed(refused, 1))).toMatchObject({
      kind: 'failed',
      server,
      failure: { kind: 'http', step: 'initialize', status: 403, code: 'server_denied' },
    });
    expect(parseSmokeTest(printed(`${begun}initialize failed with HTTP 500\n<html>`, 1))).toMatchObject({
      failure: { kind: 'http', status: 500, code: undefined },
    });
  });

  it('gives the tools that are missing and other faults of an answer', () => {
    const lacking = `${begun}initialize: OK\ntools/list does not contain required tools: a.b, c.d\n`;
    expect(parseSmokeTest(printed(lacking, 1))).toMatchObject({
      passed: ['initialize'],
      failure: { kind: 'missing-tools', tools: ['a.b', 'c.d'] },
    });
    const line = 'initialize response lacks a platform.';
    expect(parseSmokeTest(printed(`${begun}${line}\n`, 1))).toMatchObject({
      failure: { kind: 'answer', step: 'initialize', line },
    });
  });
});

describe('the repair of the worker row', () => {
  it.each([
    ['emcp_dispatch worker created.', { kind: 'created' }],
    ['emcp_dispatch worker updated.', { kind: 'updated' }],
    ['emcp_dispatch worker already in sync.', { kind: 'in-sync' }],
    ['queue.driver is not stask.', { kind: 'skipped', reason: 'driver' }],
    ['s_workers table does not exist.', { kind: 'skipped', reason: 'no-table' }],
    ['sTask is not available in runtime.', { kind: 'skipped', reason: 'no-stask' }],
    ['Cannot inspect s_workers table: gone away', { kind: 'failed', stage: 'inspect', reason: 'gone away' }],
    ['Failed to sync emcp_dispatch worker: disk full', { kind: 'failed', stage: 'sync', reason: 'disk full' }],
  ])('is told by its line: %s', (line, expected) => {
    expect(parseWorkerSync(printed(`Notice: something in x.php\n${line}\n`))).toEqual(expected);
  });
});

describe('a pass of the worker', () => {
  it('counts scheduled and processed tasks', () => {
    const line = '[stask:worker] created 2 scheduled task(s), processed 44 task(s).\n';
    expect(parseWorkerPass(printed(line))).toEqual({ kind: 'ran', scheduled: 2, processed: 44 });
  });
});

describe('a console that was not reached', () => {
  const banner = 'Welcome to web1\n  Last login: today\n';

  it.each([
    [
      'a banner and a shell without PHP',
      { exit: 127, stdout: banner, stderr: 'sh: php: not found\n' },
      'php: not found',
    ],
    ['nothing at all', { exit: 0, stdout: '', stderr: '' }, 'exit 0, and it said nothing'],
    ['a host that is not there', { exit: 255, stdout: '', stderr: 'ssh: no route\n  to host\n' }, 'no route to host'],
    ['another program', { exit: 1, stdout: 'initialized container app\n', stderr: '' }, 'initialized container app'],
    ['a signal', { exit: null, signal: 'SIGKILL', stdout: table, stderr: '' }, 'ended by SIGKILL'],
  ] as const)('says so with %s', (_name, output, why) => {
    const read = [parseServerList, parseSmokeTest, parseWorkerSync, parseWorkerPass].map((parse) => parse(output));
    for (const one of read) expect(whyNotReached(output, one)).toContain(why);
  });

  it('was reached where the application failed, or does not know the command', () => {
    const fatal = { exit: 255, stdout: banner, stderr: 'PHP Fatal error:  Uncaught My\\Oops: no luck in /a.php:1\n' };
    expect(whyNotReached(fatal, parseSmokeTest(fatal))).toBeUndefined();
    const unknown = printed('\n  There are no commands defined in the "emcp" namespace.\n', 1);
    expect(whyNotReached(unknown, parseSmokeTest(unknown))).toBeUndefined();
  });
});

describe('a command that did not get to its own words', () => {
  it('is told apart by an uncaught exception, a rendered one and an unknown command', () => {
    const fatal = { exit: 255, stdout: '', stderr: 'PHP Fatal error:  Uncaught My\\Oops: no luck in /a.php:1\n' };
    expect(parseWorkerPass(fatal)).toEqual({ kind: 'crashed', exception: 'My\\Oops', message: 'no luck in /a.php:1' });
    const rendered = printed('\nIn Connection.php line 7:\n\n  no luck\n\n', 1);
    expect(parseServerList(rendered)).toEqual({ kind: 'crashed', exception: 'Exception', message: 'no luck' });
    const unknown = printed('\n  There are no commands defined in the "emcp" namespace.\n', 1);
    expect(parseSmokeTest(unknown)).toEqual({ kind: 'unknown-command' });
  });

  it('is unrecognised whatever else it prints, and no parser throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (stdout) => {
        const output = printed(`~${stdout.replaceAll(/[\r\n]/g, ' ')}`);
        const kinds = [parseServerList, parseSmokeTest, parseWorkerSync, parseWorkerPass].map((p) => p(output).kind);
        expect(new Set(kinds)).toEqual(new Set(['unrecognised']));
      }),
    );
  });
});

interface Recorded extends CommandOutput {
  readonly name: string;
  readonly cmd: string;
}

const folder = process.env['EMCP_RECORDED'];

describe('recorded output of a real console', () => {
  it.skipIf(folder === undefined)('is read in every state (skipped without EMCP_RECORDED)', () => {
    const text = readFileSync(join(folder ?? '', '18-artisan.json'), 'utf8');
    const states = (JSON.parse(text) as readonly Recorded[]).map((one) => [one.name, meaning(one)]);
    expect(states.length).toBeGreaterThan(30);
    expect(states.filter(([, kind]) => kind === 'unrecognised')).toEqual([]);
    expect(Object.fromEntries(states)).toMatchObject(EXPECTED);
  });
});

/** The command's outcome in one word, where its name says which parser reads it. */
function meaning(output: Recorded): string {
  const [, command = ''] = /artisan (\S+)/.exec(output.cmd) ?? [];
  if (command === 'emcp:list-servers') return parseServerList(output).kind;
  if (command === 'emcp:sync-workers') {
    const sync = parseWorkerSync(output);
    return sync.kind === 'skipped' ? sync.reason : sync.kind === 'failed' ? sync.stage : sync.kind;
  }
  if (command === 'stask:worker') return parseWorkerPass(output).kind;
  if (command === 'emcp:nope' || command === 'emcp:test') {
    const test = parseSmokeTest(output);
    return test.kind === 'failed' ? test.failure.kind : test.kind;
  }
  return 'another command';
}

const EXPECTED = {
  'list-servers ok': 'listed',
  'list-servers none enabled': 'none',
  'list-servers dup toolset (debug)': 'crashed',
  'list-servers class missing': 'none',
  'test ok': 'passed',
  'test --server=nope': 'unknown-server',
  'test no enabled': 'none-enabled',
  'test only local': 'no-web-server',
  'test server lacking evo tools': 'missing-tools',
  'test allow_servers denies': 'http',
  'test max_result_bytes small': 'http',
  'test unknown option': 'crashed',
  'sync-workers in sync': 'in-sync',
  'sync-workers queue.driver=sync': 'driver',
  'sync-workers s_workers missing': 'no-table',
  'sync-workers insert fails': 'sync',
  'sync-workers database missing': 'inspect',
  'stask:worker s_workers missing': 'crashed',
  'stask:worker idle': 'ran',
  'unknown command': 'unknown-command',
};

function printed(stdout: string, exit = 0): CommandOutput {
  return { exit, stdout, stderr: '' };
}
