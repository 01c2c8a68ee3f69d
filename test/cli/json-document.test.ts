import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { jsonDocument } from '../../src/cli/json-document.ts';
import { main } from '../../src/cli/main.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { DOCUMENTS, printedDocument } from '../support/json-documents.ts';
import { testIo } from '../support/test-io.ts';

describe('what a command prints with --json', () => {
  it('is listed here for every command that has the option', () => {
    const program = buildProgram(testIo(), () => undefined);
    const having = leaves(program).filter(({ options }) => options.some(({ long }) => long === '--json'));
    expect(having.map(wordsOf).toSorted()).toEqual(Object.keys(DOCUMENTS).toSorted());
  });

  it.each(Object.entries(DOCUMENTS))('begins with its schema: %s', async (_name, { argv: [argv = ''], schema }) => {
    const document = await printedDocument(argv);
    expect(Object.entries(document)[0]).toEqual(['schema', schema]);
  });

  it('is never something else: scopes are printed for a shell, or stand in the plan', async () => {
    const io = testIo();
    expect(await main(['plan', '--scopes', '--json'], io)).toBe(2);
    expect([io.written, io.told]).toEqual(['', expect.stringMatching(/'--scopes' cannot be used with .*'--json'/)]);
    expect(await printedDocument('plan --profile smoke')).toHaveProperty('scopes', expect.any(Array));
  });

  it('is printable, whatever is in it', () => {
    expect(jsonDocument('list', { note: 'a\u202Eb' })).toContain('a\\u202eb');
  });
});

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function wordsOf(command: Command): string {
  const above = command.parent?.parent ? `${command.parent.name()} ` : '';
  return `${above}${command.name()}`;
}
