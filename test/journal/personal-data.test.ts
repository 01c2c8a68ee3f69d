import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForPersonalData, createPersonalData } from '../../src/journal/personal-data.ts';
import { at, isObject, parseJson, type Json } from '../../src/model/json.ts';
import { withTarget } from '../../src/targets/open.ts';

const ROW = { id: 7, email: 'ada@site.example', blocked: false, phone: null, tags: ['+44 20 7946', '+44 20 7946'] };
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'evo.model.list', arguments: {} } };

function answerWith(structured: Json): Json {
  const content = [{ type: 'text', text: JSON.stringify(structured) }];
  return { jsonrpc: '2.0', id: 1, result: { content, isError: false, structuredContent: structured } };
}

/** Keys and places of a value, without what stands there. */
function shapeOf(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  return typeof value === 'boolean' || value === null ? value : 'value';
}

describe('personal data', () => {
  it('is replaced in rows and their text mirror, and equal values stay equal', () => {
    const { replaced } = createPersonalData();
    const value = parseJson(replaced(JSON.stringify(answerWith({ items: [ROW], meta: { count: 1, limit: 20 } }))));
    const item = at(value, 'result', 'structuredContent', 'items', 0);
    const placeholder = expect.stringMatching(/^\(value [0-9a-f]{10}\)$/) as string;
    const tags = [placeholder, at(item, 'tags', 0)];
    expect(item).toEqual({ id: placeholder, email: placeholder, blocked: false, phone: null, tags });
    expect(at(item, 'email')).not.toBe(at(item, 'tags', 0));
    expect(at(value, 'result', 'structuredContent', 'meta')).toEqual({ count: 1, limit: 20 });
    const mirror = at(value, 'result', 'content', 0, 'text');
    expect(parseJson(typeof mirror === 'string' ? mirror : '')).toEqual(at(value, 'result', 'structuredContent'));
    expect(value).toMatchObject({ jsonrpc: '2.0', id: 1, result: { isError: false, content: [{ type: 'text' }] } });
  });

  it('is told from another run by nobody', () => {
    const text = JSON.stringify(answerWith(ROW));
    expect(createPersonalData().replaced(text)).not.toBe(createPersonalData().replaced(text));
  });

  it('leaves errors as they are, and nothing of what is no JSON', () => {
    const { replaced } = createPersonalData();
    const refusal = '{"error":{"code":"scope_denied","message":"Scope denied","trace_id":"t"}}';
    expect(replaced(refusal)).toBe(refusal);
    expect(replaced('')).toBe('');
    expect(replaced(JSON.stringify(answerWith(ROW)).slice(0, -3))).toMatch(
      /^\(\d+ characters of a model tool, not shown\)$/,
    );
  });

  it('survives what is nested without end, also within a text', () => {
    const deep = `${'['.repeat(100_000)}"ada@site.example"${']'.repeat(100_000)}`;
    const { replaced } = createPersonalData();
    expect(replaced(`{"result":${deep}}`)).toMatch(/^\(\d+ characters of a model tool, not shown\)$/);
    expect(replaced(JSON.stringify(answerWith(deep)))).not.toContain('ada@site');
  });

  it('keeps the shape of whatever comes, and none of its values', () => {
    const words = fc.string({ minLength: 6, unit: fc.constantFrom(...Array.from('ghijklmnopqrsuwxyzäß@+')) });
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        words,
        fc.integer({ min: 100_000 }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('email', 'name', 'text', 'result', 'data'), tie('tree')),
        tie('tree').map((inner) => JSON.stringify([inner])),
      ),
    }));
    fc.assert(
      fc.property(tree, words, (value, word) => {
        const kept = createPersonalData().replaced(JSON.stringify(answerWith({ word, value })));
        expect(kept).not.toContain(word);
        const shape = shapeOf(at(parseJson(kept), 'result', 'structuredContent'));
        expect(shape).toEqual(shapeOf({ word, value }));
      }),
    );
  });

  it('is what model tools answer with, however they are spelt', () => {
    expect(asksForPersonalData(CALL)).toBe(true);
    expect(asksForPersonalData({ ...CALL, params: { name: 'EVO.Model.get' } })).toBe(true);
    expect(asksForPersonalData({ ...CALL, params: { name: 'evo.content.get' } })).toBe(false);
    expect(asksForPersonalData({ ...CALL, method: 'tools/list' })).toBe(false);
    expect(asksForPersonalData(undefined)).toBe(false);
  });
});

it('no route lets values of a model tool through, to a check or to the journal', async () => {
  const body = { ...CALL, params: { name: 'evo.model.list', arguments: { model: 'UserAttribute', limit: 5 } } };
  await withTarget({ kind: 'embedded', settings: {} }, async (target) => {
    const signal = new AbortController().signal;
    const lease = await target.lease({ check: 'a/b', seed: 'seed', signal });
    const { mcp, manager, token, session, stream } = lease.probes;
    const sound = await token?.sound();
    if (!mcp || !manager || !session || !stream || !sound) throw new Error('a probe is missing');
    const manages = await session.sound();
    const exchanges = [
      await mcp.send({ token: sound, body }),
      await mcp.send({ token: sound, to: 'dispatch', body, headers: { 'Idempotency-Key': 'k' } }),
      await mcp.send({ token: sound, to: 'dispatch', body, headers: { 'Idempotency-Key': 'k' } }),
      await manager.send({ session: manages, body }),
      await manager.send({ session: manages, to: 'dispatch', body }),
    ];
    const watched = await stream.watch('tools/call', body.params, { token: sound, seconds: 5 });
    await lease.release();
    expect(exchanges.map(({ status }) => status)).toEqual([200, 202, 202, 200, 202]);
    const items = at(parseJson(exchanges[0]?.text ?? ''), 'result', 'structuredContent', 'items');
    expect(at(items, 0)).toMatchObject({ email: expect.stringMatching(/^\(value /) as string });
    const everything = JSON.stringify([exchanges, watched, target.journal()]);
    expect(everything).toContain('(value ');
    expect(everything).not.toMatch(/site\.example|The admin/);
  });
});
