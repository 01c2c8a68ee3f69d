import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../../src/server/listen.ts';
import { search, serve } from './served.ts';

const calls = 1000;
const open: Listening[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(async ({ close }) => close()));
});

describe('dispatches with one key at once', () => {
  it('make one task over sockets, while the worker runs it', async () => {
    const { server, rows } = serve({}, { worker: 'auto' });
    const listening = await listen(server.app);
    open.push(listening);
    const post = async (): Promise<{ task_id: number; reused: boolean }> => {
      const response = await request(`${listening.url}/api/v1/mcp/content/dispatch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'one' },
        body: JSON.stringify(search),
      });
      return (await response.body.json()) as { task_id: number; reused: boolean };
    };
    const replies = await Promise.all(Array.from({ length: calls }, post));
    expect(new Set(replies.map((reply) => reply.task_id))).toEqual(new Set([1]));
    expect(replies.filter(({ reused }) => !reused)).toHaveLength(1);
    expect(rows()).toHaveLength(1);
    await server.close();
  });
});
