import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createConfigProbe } from '../../src/probes/config.ts';
import { readSettings } from '../../src/probes/php-settings.ts';
import { asNobody } from '../support/nobody.ts';
import { lendShell } from './shell-fake-php.ts';

describe('a settings file', () => {
  it('gives literals, lists and maps as they are written', async () => {
    const source = `<?php
      /* a comment */ declare(strict_types=1);
      return [
        'enable' => true, 'mode' => ['internal' => FALSE, 'api' => null],
        'rate' => array('per_minute' => 30, 'burst' => -1.5), 'list' => ['a', "b\\n", 'it\\'s', 0x10, 1_000, 017],
        'empty' => [], 5 => 'five', '6' => 'six', 'again' => 1, 'again' => 2, 'text' => <<<'X'
        raw $x
        X,
      ];`;
    expect(await values(source)).toEqual({
      5: 'five',
      6: 'six',
      enable: true,
      mode: { internal: false, api: null },
      rate: { per_minute: 30, burst: -1.5 },
      list: ['a', 'b\n', "it's", 16, 1000, 15],
      empty: [],
      again: 2,
      text: 'raw $x',
    });
  });

  it('has constant arithmetic, casts, negations and joined texts worked out', async () => {
    const source = `<?php return ['day' => (20 + 4) * 60 ** 2, 'half' => 1 / 2, 'kib' => (int) '128 KiB', 'no' => !true,
      'yes' => (bool) '1', 'name' => 'a' . 1 . "b", 'rest' => -7 % 3];`;
    expect(await values(source)).toEqual({
      day: 86_400,
      half: 0.5,
      kib: 128,
      no: false,
      yes: true,
      name: 'a1b',
      rest: -1,
    });
  });

  it('has class names resolved against its namespace and imports', async () => {
    const source = `<?php namespace App; use Vendor\\Deep\\Server as Main; use Vendor\\{One, Two as Second};
      return [Main::class, One::class, Second\\Inner::class, \\Root\\Here::class, Local::class, namespace\\Too::class];`;
    expect(Object.values(await values(source))).toEqual([
      'Vendor\\Deep\\Server',
      'Vendor\\One',
      'Vendor\\Two\\Inner',
      'Root\\Here',
      'App\\Local',
      'App\\Too',
    ]);
  });

  it('names what the environment decides, whatever its default', async () => {
    const source = `<?php return ['a' => ['b' => env('X', 5)], 'c' => (bool) \\env('Y'), 'd' => 1, 'e' => [env('Z', 'z') => 1]];`;
    expect(await readSettings(source)).toEqual({ values: { a: [], d: 1 }, unreadable: ['a.b', 'c', 'e'] });
  });

  it('names what only a running program knows, and leaves it out', async () => {
    const source = `<?php $x = 1; return ['a' => ['b' => $x, 'c' => 1], 'd' => storage_path('x'), 'e' => fn() => 1, 'f' => PHP_OS,
      'g' => "v$x", 'h' => 1 / 0, 'i' => [...$x], 'j' => [$x => 1], 'k' => X::Y, 'l' => 9999999999999999999, 'm' => &$x, 'n' => \`id\`];`;
    expect(await readSettings(source)).toEqual({
      values: { a: { c: 1 } },
      unreadable: ['a.b', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n'],
    });
  });

  it.each([
    "if (!defined('CMS')) die('no');",
    "if (! \\defined('CMS')) { exit; }",
    "defined('CMS') or exit;",
    "defined('CMS') || die('no');",
  ])('is read past a guard against whoever asks for it directly: %s', async (guard) => {
    expect(await values(`<?php ${guard} return ['a' => 1];`)).toEqual({ a: 1 });
  });

  it('is read past what only declares something, and may end with a tag', async () => {
    const source = `<?php $f = function () { return 1; }; $g = fn() => throw new E(); function h() { exit; }
      trait T { function f() { return []; } } $x = dirname(__DIR__); return ['a' => 1] ?>\n`;
    expect(await values(source)).toEqual({ a: 1 });
  });

  it.each([
    ['a condition decides', '<?php if (rand()) { return []; } return ["a" => 1];'],
    ['it may have ended before', "<?php if (PHP_SAPI === 'cli') die('no'); return ['a' => 1];"],
    ['it may have ended before, in one word', "<?php ready() or exit; return ['a' => 1];"],
    ['its guard returns something else', "<?php if (!defined('CMS')) return []; return ['a' => 1];"],
    ['its guard throws', "<?php if (!defined('CMS')) { throw new E(); } return ['a' => 1];"],
    ['its guard goes the other way', "<?php if (defined('CMS')) exit; return ['a' => 1];"],
    ['it ended before', "<?php exit(1); return ['a' => 1];"],
    ['it ended before its namespace', "<?php exit(1); namespace A; return ['a' => 1];"],
    ['it has two namespaces', "<?php namespace A { return ['a' => 1]; } namespace B {}"],
    ['it throws before', "<?php $x = match (true) { default => throw new E() }; return ['a' => 1];"],
    ['it jumps', "<?php goto end; return ['a' => 1]; end: return ['a' => 2];"],
    ['it returns twice', "<?php return ['a' => 1]; return ['a' => 2];"],
    ['it ends within its array', "<?php return ['a' => 1, 'b' => die()];"],
    ['it may throw within its array', "<?php return ['a' => 1, 'b' => env('B') ?? throw new E()];"],
    ['its return is not ended', "<?php return ['a' => 1]"],
    ['its return is not ended, and a line follows', "<?php return ['a' => 1] // the end\n"],
    ['it returns no array', '<?php return 5;'],
    ['it returns nothing', '<?php $a = 1;'],
    ['it is not PHP', 'plain text'],
    ['it is broken', '<?php return ['],
    ['it is nested without end', `<?php return ${'['.repeat(100_000)}`],
    ['it is nested deeper than sense allows', `<?php return ${'['.repeat(500)}${']'.repeat(500)};`],
    ['it is endless', `<?php return ['a' => '${'x'.repeat(300_000)}'];`],
  ])('is unreadable as a whole when %s', async (_title, source) => {
    const settings = await readSettings(source);
    expect(settings.values['a']).toBeUndefined();
    expect(settings.unreadable).not.toEqual([]);
  });

  it('cannot reach a prototype with its keys', async () => {
    const source = `<?php return ['__proto__' => ['polluted' => 1], 'constructor' => ['prototype' => ['polluted' => 1]]];`;
    const read = await values(source);
    expect(Object.hasOwn(read, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  it('comes back as the data it was written from', async () => {
    const scalar = fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.string({ maxLength: 8 }));
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('tree'), { minKeys: 1, maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        expect(await readSettings(`<?php return ['tree' => ${php(value)}];`)).toMatchObject({
          values: { tree: value },
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the two published files', () => {
  let core: string;
  beforeEach(() => {
    core = mkdtempSync(join(tmpdir(), 'emcp-core-'));
  });
  afterEach(() => rmSync(core, { recursive: true, force: true }));

  const probe = (root = core) => createConfigProbe({ ...lendShell({ kind: 'local' }), root });

  it('are read from where the CMS keeps them', async () => {
    mkdirSync(join(core, 'custom/config/cms/settings'), { recursive: true });
    writeFileSync(join(core, 'custom/config/cms/settings/eMCP.php'), '<?php return ["enable" => false];');
    writeFileSync(join(core, 'custom/config/mcp.php'), '<?php return ["servers" => [["handle" => "shop"]]];');
    const settings = await probe().settings();
    expect([settings.evidence, settings.read('enable')]).toEqual([1, { kind: 'value', value: false }]);
    const registry = await probe(`${core}/`).registry();
    expect(registry.read('servers', '0', 'handle')).toEqual({ kind: 'value', value: 'shop' });
  });

  it('are told to be unpublished only where a CMS is', async () => {
    mkdirSync(join(core, 'custom'));
    await expect(probe().settings()).rejects.toMatchObject({ name: 'Blocked' });
    await expect(probe('/nowhere').settings()).rejects.toMatchObject({ name: 'Blocked' });
    writeFileSync(join(core, 'artisan'), '');
    await expect(probe().settings()).rejects.toMatchObject({ name: 'Blocked' });
    mkdirSync(join(core, 'vendor/evolution-cms'), { recursive: true });
    expect((await probe().settings()).read('mode', 'api')).toEqual({ kind: 'default' });
  });

  const settings = 'custom/config/cms/settings/eMCP.php';
  it.each([
    ['a link that leads nowhere', settings, (path: string) => symlinkSync('gone', path)],
    ['a link to itself', settings, (path: string) => symlinkSync(path, path)],
    ['below a link that leads nowhere', 'custom/config', (path: string) => symlinkSync('gone', path)],
    ['below a link to itself', 'custom/config', (path: string) => symlinkSync(path, path)],
    ['below a file', 'custom/config/cms', (path: string) => writeFileSync(path, '', { mode: 0o755 })],
    ['a directory', settings, (path: string) => mkdirSync(path)],
    ['in a directory that may not be searched', 'custom/config', (path: string) => mkdirSync(path, { mode: 0o600 })],
  ])('are not told to be unpublished where eMCP.php is %s', async (_where, path, make) => {
    mkdirSync(join(core, path, '..'), { recursive: true });
    make(join(core, path));
    await expect(ofNobody().settings()).rejects.toMatchObject({ name: 'Blocked' });
  });

  it('are told to be unpublished by whoever may look', async () => {
    mkdirSync(join(core, 'custom/config/cms'), { recursive: true });
    expect((await ofNobody().settings()).read('mode', 'api')).toEqual({ kind: 'default' });
  });

  function ofNobody() {
    chmodSync(core, 0o755);
    return createConfigProbe({ ...lendShell(asNobody()), root: core });
  }
});

async function values(source: string) {
  const { values, unreadable } = await readSettings(source);
  expect(unreadable).toEqual([]);
  return values;
}

function php(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  if (Array.isArray(value)) return `[${value.map(php).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `[${Object.entries(value)
    .map(([key, inner]) => `'${key}' => ${php(inner)}`)
    .join(', ')}]`;
}
