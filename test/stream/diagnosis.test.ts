import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, diagnosed } from './behaviours.ts';

describe('the diagnosis of a stream', () => {
  it.concurrent.each(BEHAVIOURS)('of $name is $diagnosis', async (behaviour) => {
    expect(await diagnosed(behaviour)).toBe(behaviour.diagnosis);
  });

  it('tells at least twelve behaviours apart', () => {
    expect(new Set(BEHAVIOURS.map(({ diagnosis }) => diagnosis)).size).toBeGreaterThanOrEqual(12);
  });
});
