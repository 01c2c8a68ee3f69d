import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, diagnosed } from './behaviours.ts';

/** `EMCP_FULL_COUNT=20 npx vitest run test/stream/full-count.test.ts` watches each behaviour that often. */
const RUNS = Number(process.env['EMCP_FULL_COUNT'] ?? 0);

describe.runIf(RUNS > 0)('every behaviour, many times over', () => {
  it.concurrent.each(BEHAVIOURS)('$name is never taken for another', { timeout: RUNS * 10_000 }, async (behaviour) => {
    const seen: string[] = [];
    for (let run = 0; run < RUNS; run += 1) seen.push(await diagnosed(behaviour));
    expect(seen.filter((diagnosis) => diagnosis !== behaviour.diagnosis)).toEqual([]);
  });
});
