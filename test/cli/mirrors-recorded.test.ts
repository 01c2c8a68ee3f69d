import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mirroredBy, mirroredWith } from '../support/mirroring.ts';

const folder = process.env['EMCP_RECORDED'];
const stateSchema = z.object({
  name: z.string(),
  cmd: z.string().regex(/^php artisan emcp:(?:list-servers|test|sync-workers)(?: --server=\S+)?$/),
  config: z.record(z.string(), z.unknown()),
  exit: z.number(),
  stdout: z.string(),
  stderr: z.string(),
});
type State = z.infer<typeof stateSchema>;

function states(): readonly State[] {
  if (folder === undefined) return [];
  const rows = JSON.parse(readFileSync(join(folder, '18-artisan.json'), 'utf8')) as readonly unknown[];
  return rows.flatMap((row) => {
    const { data } = stateSchema.safeParse(row);
    return data === undefined ? [] : [data];
  });
}

/** `php artisan emcp:test --server=x` as our words. */
function wordsOf({ cmd }: State): { readonly command: string; readonly server: string | undefined } {
  const [, command = '', server] = /emcp:(\S+)(?: --server=(\S+))?/.exec(cmd) ?? [];
  return { command, server };
}

function argvOf(state: State): readonly string[] {
  const { command, server } = wordsOf(state);
  return server === undefined ? [command] : [command, '--server', server];
}

/** Artisan's own code is in the JSON; whatever it is, a command that failed ends with 1 here. */
function codeFor(exit: number): number {
  return exit === 0 ? 0 : 1;
}

/** Sentences and ids of the moment are not compared. */
function comparable(text: string): string {
  return text.replaceAll(/"(message|trace_id)":"[^"]*"/g, '"$1":"…"');
}

// A target that is embedded takes no handles, and its tables are always there.
const embedded = states().filter(
  (state) => wordsOf(state).server === undefined && !/missing|fails|row|drift|inactive/.test(state.name),
);
const byConfig = [...embedded, ...states().filter(({ name }) => name.endsWith('class missing'))];

describe.skipIf(folder === undefined)('a mirror beside the recorded artisan (EMCP_RECORDED names the folder)', () => {
  it('finds every command in the recording', () => {
    const commands = new Set(byConfig.map((state) => wordsOf(state).command));
    expect(commands).toEqual(new Set(['list-servers', 'test', 'sync-workers']));
  });

  it.each(states())('repeats a console in the state: $name', async (state) => {
    const script = `cat <<'OUT'\n${state.stdout}OUT\ncat >&2 <<'ERR'\n${state.stderr}ERR\nexit ${state.exit}\n`;
    const { code, out, err } = await mirroredBy(script, argvOf(state));
    expect({ code, out }).toEqual({ code: codeFor(state.exit), out: state.stdout });
    expect(err).toContain(state.stderr.split('\n')[0]);
  });

  it.each(byConfig)('is the embedded console in the state: $name', async (state) => {
    const { code, out } = await mirroredWith(state.config, argvOf(state));
    expect({ code, out: comparable(out) }).toEqual({ code: codeFor(state.exit), out: comparable(state.stdout) });
  });
});
