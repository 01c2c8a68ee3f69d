import { describe, expect, it } from 'vitest';
import { seededIds } from '../../src/probes/ids.ts';

function names(seed: string, check: string): string[] {
  const ids = seededIds(seed, check);
  return [ids.nonce(), ids.uuid(), ids.nonce(), ids.uuid()];
}

describe('names', () => {
  it('are the same for the same seed and check', () => {
    expect(names('seed', 'a/b')).toEqual(names('seed', 'a/b'));
  });

  it('differ between runs, between checks, and within a check', () => {
    const all = [...names('seed', 'a/b'), ...names('other', 'a/b'), ...names('seed', 'a/c'), ...names('seeda', '/b')];
    expect(new Set(all).size).toBe(all.length);
  });

  it('are short words of ASCII, and UUIDs of version 4', () => {
    for (let round = 0; round < 50; round += 1) {
      const [nonce, uuid] = names(`seed ${round}`, 'a/b');
      expect(nonce).toMatch(/^[0-9a-f]{12}$/);
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
