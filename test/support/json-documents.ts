import { z } from 'zod';
import { main } from '../../src/cli/main.ts';
import { testIo } from './test-io.ts';

/** What is typed for every command that has `--json`, in every form it has, and the schema of what it prints. */
export const DOCUMENTS: Readonly<Record<string, { readonly argv: readonly string[]; readonly schema: string }>> = {
  check: { argv: ['check --profile smoke'], schema: 'emcp.report/3' },
  doctor: { argv: ['doctor'], schema: 'emcp.report/3' },
  list: { argv: ['list'], schema: 'emcp.list/1' },
  explain: { argv: ['explain rate/threshold', 'explain exit'], schema: 'emcp.explain/1' },
  selftest: { argv: ['selftest --only auth/missing-token'], schema: 'emcp.selftest/1' },
  'token inspect': { argv: ['token inspect --token-file -'], schema: 'emcp.token/1' },
  'list-servers': { argv: ['list-servers', 'list-servers --url URL --token-file -'], schema: 'emcp.mirror/1' },
  plan: { argv: ['plan --profile smoke', 'plan --url URL --token-file - --seed s'], schema: 'emcp.plan/1' },
  stream: {
    argv: ['stream --profile streaming --arguments {"count":2,"sleep_ms":10}'],
    schema: 'emcp.stream/1',
  },
  test: { argv: ['test', 'test --via http'], schema: 'emcp.mirror/1' },
  'sync-workers': { argv: ['sync-workers --embedded'], schema: 'emcp.mirror/1' },
};

const TOKEN = [{ alg: 'HS256' }, { sub: 'client', note: 'a\u202Eb' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('signature')
  .join('.');

/** What a command line prints with `--json`; `URL` in it is the one given. */
export async function printedDocument(
  argv: string,
  url = 'http://127.0.0.1:1',
): Promise<Readonly<Record<string, unknown>>> {
  const io = testIo({ readStdin: async () => `${TOKEN}\n` });
  await main([...argv.replace('URL', url).split(' '), '--json'], io);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(io.written));
}
