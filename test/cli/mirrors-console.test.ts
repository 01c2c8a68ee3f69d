import { describe, expect, it } from 'vitest';
import { mirrored, mirroredBy, mirroredWith } from '../support/mirroring.ts';

const CLASS = String.raw`EvolutionCMS\eMCP\Servers\ContentServer`;
const content = { handle: 'content', transport: 'web', class: CLASS, enabled: true };

describe('a mirror of the embedded console', () => {
  it.each([
    ['no server', ['list-servers'], { 'mcp.servers': [] }, 1, { kind: 'none' }],
    ['a class that is missing', ['list-servers'], { 'mcp.servers': [{ ...content, class: 'X' }] }, 1, { kind: 'none' }],
    ['the stock settings', ['list-servers'], {}, 0, { kind: 'listed', servers: [content] }],
    ['a local server only', ['test'], { 'mcp.servers': [{ ...content, transport: 'local' }] }, 1, { kind: 'failed' }],
    [
      'a policy that denies',
      ['test'],
      { 'security.allow_servers': ['x'] },
      1,
      { failure: { kind: 'http', step: 'initialize', status: 403, code: 'server_denied' } },
    ],
    ['a small limit', ['test'], { 'limits.max_result_bytes': 1000 }, 1, { passed: ['initialize'] }],
    ['the stock settings', ['test'], {}, 0, { kind: 'passed', server: { handle: 'content', class: CLASS } }],
    ['no queue', ['sync-workers'], { 'queue.driver': 'sync' }, 0, { sync: { kind: 'skipped', reason: 'driver' } }],
    ['the stock settings', ['sync-workers'], {}, 0, { sync: { kind: 'in-sync' }, row: { state: 'right' } }],
  ] as const)('with %s, %j ends as artisan does', async (_, argv, settings, exit, facts) => {
    const { code, out } = await mirroredWith(settings, [...argv, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'emcp.mirror/1',
      command: argv[0],
      target: { kind: 'embedded' },
      exit,
      ...facts,
    });
    expect(code).toBe(exit);
    expect((await mirroredWith(settings, argv)).code).toBe(exit);
  });

  it('has the five lines of the smoke test on stdout, and its limits beside them', async () => {
    const { out, err } = await mirrored(['test']);
    expect(out.trimEnd().split('\n')).toHaveLength(5);
    expect(err).toMatch(/embedded reference server[\s\S]*no JWT/);
  });

  it('does not say that a repair proves anything when it was skipped', async () => {
    const { err } = await mirroredWith({ 'queue.driver': 'sync' }, ['sync-workers']);
    expect(err).toContain('does not prove that async works');
  });
});

const TABLE = '+--+\n| Handle | Transport | Class | Enabled |\n+--+\n| shop | web | Shop | yes |\n+--+';

describe('a mirror of a console that misbehaves', () => {
  it('waits no longer than it was told to', async () => {
    const { code, out, err } = await mirroredBy('echo early; sleep 60', ['list-servers', '--timeout', '0.1']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/timeout-total: .*100 ms\nnext: /);
  });

  it.each([
    ['floods', 'exec yes'],
    ['dies by a signal', 'kill -SEGV $$'],
    ['prints what is no text', String.raw`printf 'a\000\377\033[31m\302\233\342\200\256red'`],
    ['prints nothing', 'exit 0'],
    ['is another program', 'echo "Could not open input file: artisan"; exit 1'],
  ])('was not asked when the console %s', async (_, script) => {
    for (const argv of [['list-servers'], ['test'], ['sync-workers'], ['sync-workers', '--json']]) {
      const { code, out, err } = await mirroredBy(script, argv);
      expect([argv, code]).toEqual([argv, 3]);
      expect(err).toMatch(/^emcp: .+\nnext: /m);
      expect(out + err).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u);
      expect(out.length + err.length).toBeLessThan(5_000);
    }
  });

  it('reads the table behind a warning, and repeats both', async () => {
    const script = `echo 'Warning: odd in x.php on line 1'; cat <<'OUT'\n${TABLE}\nOUT`;
    const { code, out } = await mirroredBy(script, ['list-servers']);
    expect({ code, lines: out.split('\n').length }).toEqual({ code: 0, lines: 7 });
    const json = JSON.parse((await mirroredBy(script, ['list-servers', '--json'])).out) as unknown;
    expect(json).toMatchObject({ servers: [{ handle: 'shop' }], target: { kind: 'remote' } });
  });

  it.each([
    ['unknown-command', 'Command "emcp:test" is not defined.'],
    ['crashed', 'PHP Fatal error:  Uncaught RuntimeException: Duplicate tool name'],
  ])('fails where a console says %s, keeps its exit code as a fact, and shows why', async (kind, line) => {
    const script = `echo '${line}' >&2; exit 255`;
    const { code, out, err } = await mirroredBy(script, ['test', '--json']);
    expect({ code, json: JSON.parse(out) as unknown }).toMatchObject({ code: 1, json: { kind, exit: 255 } });
    expect(err).toMatch(/^emcp: artisan .+\nnext: /m);
  });

  it('hands on the server it was given as one word', async () => {
    const { err } = await mirroredBy('printf "%s|" "$@"; exit 1', ['test', '--server', 'a b;c']);
    expect(err).toContain('emcp:test|--server=a b;c|');
  });
});
