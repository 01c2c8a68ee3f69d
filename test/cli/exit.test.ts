import { describe, expect, it } from 'vitest';
import { EXIT, EXIT_ROWS, exitOf, formatExits } from '../../src/cli/exit.ts';
import { concludeOutputs } from '../../src/cli/lost-output.ts';
import { main } from '../../src/cli/main.ts';
import { testIo } from '../support/test-io.ts';

describe('the exit code', () => {
  it.each([
    ['ok', null, 0],
    ['failed', null, 1],
    ['blocked', null, 3],
    ['bug', null, 70],
    ['interrupted', 'SIGHUP', 129],
    ['interrupted', 'SIGINT', 130],
    ['interrupted', 'SIGTERM', 143],
  ] as const)('of %s (%s) is %d', (outcome, signal, code) => {
    expect(exitOf(outcome, signal)).toBe(code);
  });
});

describe('the table of exit codes', () => {
  it('has each code once, and all of them', () => {
    expect(EXIT_ROWS.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 70, 129, 130, 143]);
    expect(EXIT_ROWS.map(({ code }) => code)).toEqual(Object.values(EXIT));
  });

  it.each([['--help'], ['explain', 'exit']])('is what `emcp %s %s` shows', async (...words) => {
    const io = testIo();
    expect(await main(words, io)).toBe(0);
    expect(io.written).toContain(formatExits(EXIT_ROWS).trimEnd());
  });

  it.each(EXIT_ROWS.map((row) => [row.code, row] as const))('explains %d alone, and as data', async (code, row) => {
    const io = testIo();
    await main(['explain', String(code)], io);
    expect(io.written).toMatch(new RegExp(`^  ${code} +${row.name} +${row.meaning}\n$`));
    const json = testIo();
    await main(['explain', String(code), '--json'], json);
    expect(JSON.parse(json.written)).toEqual({ schema: 'emcp.explain/1', exits: [row] });
  });

  it('knows no other code', async () => {
    const io = testIo();
    expect(await main(['explain', '5'], io)).toBe(2);
    expect(io.told).toContain('next: emcp explain exit');
  });

  it.each(['check', 'report', 'token mint', 'serve'])('is named in the help of `emcp %s`', async (words) => {
    const io = testIo();
    await main([...words.split(' '), '--help'], io);
    expect(io.written).toContain('Exit codes: emcp explain exit');
  });
});

describe('a lost output', () => {
  const lost = [
    { place: '/a', why: 'cannot be written: EACCES' },
    { place: 'standard output', why: 'cannot be written: ENOSPC' },
  ];

  it.each(Object.values(EXIT))('leaves %d as it is, but for a good end', (code) => {
    const io = testIo();
    expect(concludeOutputs(code, lost, io)).toBe(code === 0 ? 4 : code);
    expect(io.told).toBe(
      'emcp: output lost: /a: cannot be written: EACCES\nemcp: output lost: standard output: cannot be written: ENOSPC\n',
    );
    expect(concludeOutputs(code, [], testIo())).toBe(code);
  });

  it('of standard output is named after all else, by every command', async () => {
    const flush = async () => lost.slice(1);
    const good = testIo({ flush });
    expect(await main(['list'], good)).toBe(4);
    const wrong = testIo({ flush });
    expect(await main(['lst'], wrong)).toBe(2);
    for (const { told } of [good, wrong]) expect(told).toMatch(/emcp: output lost: [^\n]*ENOSPC\n$/);
  });
});
