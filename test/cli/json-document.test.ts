import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonDocument } from '../../src/cli/json-document.ts';
import { main } from '../../src/cli/main.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { testIo } from '../support/test-io.ts';

/** What is typed for every command that has `--json`, and the schema of what it prints. */
const DOCUMENTS: Readonly<Record<string, { readonly argv: string; readonly schema: string }>> = {
  check: { argv: 'check --profile smoke', schema: 'emcp.report/2' },
  doctor: { argv: 'doctor', schema: 'emcp.report/2' },
  list: { argv: 'list', schema: 'emcp.list/1' },
  explain: { argv: 'explain rate/threshold', schema: 'emcp.explain/1' },
  selftest: { argv: 'selftest --only auth/missing-token', schema: 'emcp.selftest/1' },
  'token inspect': { argv: 'token inspect --token-file -', schema: 'emcp.token/1' },
  'list-servers': { argv: 'list-servers', schema: 'emcp.mirror/1' },
  plan: { argv: 'plan --profile smoke', schema: 'emcp.plan/1' },
  stream: {
    argv: 'stream --profile streaming --arguments {"count":2,"sleep_ms":10}',
    schema: 'emcp.stream/1',
  },
  test: { argv: 'test', schema: 'emcp.mirror/1' },
  'sync-workers': { argv: 'sync-workers --embedded', schema: 'emcp.mirror/1' },
};

const TOKEN = [{ alg: 'HS256' }, { sub: 'client', note: 'a\u202Eb' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('signature')
  .join('.');

describe('what a command prints with --json', () => {
  it('is listed here for every command that has the option', () => {
    const program = buildProgram(testIo(), () => undefined);
    const having = leaves(program).filter(({ options }) => options.some(({ long }) => long === '--json'));
    expect(having.map(wordsOf).toSorted()).toEqual(Object.keys(DOCUMENTS).toSorted());
  });

  it.each(Object.entries(DOCUMENTS))('begins with its schema: %s', async (_name, { argv, schema }) => {
    const document = await printed(argv);
    expect(Object.entries(document)[0]).toEqual(['schema', schema]);
  });

  it('is printable, whatever is in it', () => {
    expect(jsonDocument('list', { note: 'a\u202Eb' })).toContain('a\\u202eb');
  });
});

async function printed(argv: string): Promise<Readonly<Record<string, unknown>>> {
  const io = testIo({ readStdin: async () => `${TOKEN}\n` });
  await main([...argv.split(' '), '--json'], io);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(io.written));
}

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function wordsOf(command: Command): string {
  const above = command.parent?.parent ? `${command.parent.name()} ` : '';
  return `${above}${command.name()}`;
}
