import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/server/json/parse.ts';
import { hashPayload, readPayload } from '../../../src/server/dispatch/payload.ts';

const read = (text: string) => readPayload(parseJson(new TextEncoder().encode(text)));

function hash(params: string, actor: number | null = null): string {
  const payload = read(`{"method":"tools/call","params":${params}}`);
  if (payload === undefined) {
    throw new Error('no payload');
  }
  return hashPayload('content', payload, actor);
}

describe('the payload of a dispatch', () => {
  it.each([
    '',
    '{',
    '[{"method":"ping"}]',
    '"x"',
    '5',
    'null',
    '{}',
    '{"method":""}',
    '{"method":" "}',
    '{"method":null}',
  ])('is none in %j', (body) => {
    expect(read(body)).toBeUndefined();
  });

  it('takes the method as text, trimmed', () => {
    expect(read('{"method":" ping\\n"}')?.method).toBe('ping');
    expect(read('{"method":5}')?.method).toBe('5');
    expect(read('{"method":["x"]}')?.method).toBe('Array');
  });

  it('takes params that cannot be used as none, and an absent id as null', () => {
    expect(read('{"method":"ping","params":"x"}')).toEqual({
      method: 'ping',
      params: [],
      requestId: null,
      idempotencyKey: '',
    });
    expect(read('{"method":"ping","id":0,"idempotency_key":" k "}')).toMatchObject({
      requestId: 0,
      idempotencyKey: 'k',
    });
  });
});

describe('the payload hash', () => {
  it('is SHA-256 over the four members in their order, slashes and letters as they are', () => {
    // echo -n '{"server_handle":"content","jsonrpc_method":"tools/call","jsonrpc_params":{"ü":"/"},"actor_user_id":null}' | sha256sum
    expect(hash('{"ü":"\\/"}')).toBe('098c1da5e7b804521661b995c3ec99124b721078f7b197e1e970ddfc14eef507');
  });

  it('depends on the order of keys, also of those that look like numbers', () => {
    expect(hash('{"a":1,"b":2}')).not.toBe(hash('{"b":2,"a":1}'));
    expect(hash('{"9":1,"5":2}')).not.toBe(hash('{"5":2,"9":1}'));
  });

  it('depends on types and on the actor', () => {
    expect(hash('{"limit":1}')).not.toBe(hash('{"limit":"1"}'));
    expect(hash('{"limit":1}')).not.toBe(hash('{"limit":true}'));
    expect(hash('{}', 1)).not.toBe(hash('{}', 2));
  });

  it('is the same for no params in any form', () => {
    expect(new Set(['{}', '[]', 'null', '"x"', '5'].map((params) => hash(params))).size).toBe(1);
  });

  it('does not depend on white space or escapes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(hash(JSON.stringify({ value }, undefined, 2))).toBe(hash(JSON.stringify({ value })));
      }),
    );
  });
});
