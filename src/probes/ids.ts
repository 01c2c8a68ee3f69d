import { createHash } from 'node:crypto';
import type { Ids } from '../model/probes.ts';
import { prefixOf } from '../model/run-prefix.ts';

/** Same seed and check: same names. Another run has another seed, so its names are new to the target. */
export function seededIds(seed: string, check: string): Ids {
  let count = 0;
  const next = (): Buffer => {
    count += 1;
    return createHash('sha256')
      .update(JSON.stringify([seed, check, count]))
      .digest();
  };
  const prefix = prefixOf(seed);
  const nonce = (): string => next().toString('hex').slice(0, 12);
  return {
    prefix,
    nonce,
    name: () => `${prefix}-${nonce()}`,
    uuid() {
      const hex = next().toString('hex');
      const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4] ?? '8';
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}
