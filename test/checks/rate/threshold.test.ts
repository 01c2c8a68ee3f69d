import { describe, expect, it } from 'vitest';
import check from '../../../checks/rate/threshold.ts';
import { whyInconclusive, type Exchange } from '../../../src/kit/index.ts';
import { describeCheck } from '../../support/describe-check.ts';

describeCheck(check);

describe('a burst in a bucket that others use', () => {
  const bucket = { token: { label: 't', value: 'v', subject: undefined, scopes: [] }, fresh: false };
  const last: Exchange = {
    request: { method: 'POST', url: 'http://a.test/' },
    status: 429,
    headers: [],
    text: '',
    bytes: 0,
    parsed: { kind: 'not-json', why: 'empty' },
    answeredBy: { kind: 'emcp', status: 429 },
    timing: { atMs: 0, firstByteMs: 0, totalMs: 0 },
    evidence: 1,
  };

  it.each([
    [29, true],
    [30, false],
    [31, true],
    [60, true],
    [61, false],
  ])('that lets %i of 30 through says nothing: %s', (allowed, isUnclear) => {
    const why = whyInconclusive({ bucket, allowed, last, straddled: false }, 30);
    expect(why !== undefined).toBe(isUnclear);
    expect(
      whyInconclusive({ bucket: { ...bucket, fresh: true }, allowed, last, straddled: false }, 30),
    ).toBeUndefined();
  });
});
