import { describe, expect, it } from 'vitest';
import { runStream } from '../../src/cli/commands/stream-run.ts';
import type { Signal } from '../../src/cli/io.ts';
import { UsageError } from '../../src/model/errors.ts';
import { serve, STREAM_HEADERS } from '../support/event-server.ts';
import { testIo } from '../support/test-io.ts';

const flags = { profile: 'streaming', arguments: '{"count":2,"sleep_ms":150}' };

describe('emcp stream', () => {
  it('tells events with their times, how the stream ended and who held it up', async () => {
    const io = testIo();
    expect(await runStream(undefined, flags, io)).toBe(0);
    expect(io.written.match(/^ +\d\.\d{3} s {2}event/gm)).toHaveLength(3);
    expect(io.written).toContain('HTTP 200, closed');
    expect(io.written).toContain('origin-buffered');
    expect(io.told).toContain('embedded reference server, not an installation');
  });

  it('gives the whole record as JSON and nothing else', async () => {
    const io = testIo();
    await runStream(undefined, { ...flags, json: true }, io);
    expect(JSON.parse(io.written)).toMatchObject({ ended: 'closed', frames: [{}, {}, {}] });
  });

  it('fails where the tool does not stream', async () => {
    const io = testIo();
    expect(await runStream('host.echo', flags, io)).toBe(1);
    expect(io.written).toContain('not-a-stream');
  });

  it('ends at its seconds', async () => {
    const io = testIo();
    const long = { ...flags, arguments: '{"count":9,"sleep_ms":900}', seconds: '0.4' };
    expect(await runStream(undefined, long, io)).toBe(1);
    expect(io.written).toContain('limit-seconds');
  });

  it('says how far it came when it is interrupted', async () => {
    let interrupt: (signal: Signal) => void = () => undefined;
    const io = testIo({
      onSignal: (handler) => {
        interrupt = handler;
        return () => undefined;
      },
      err: () => void setTimeout(() => interrupt('SIGINT'), 300),
    });
    expect(await runStream(undefined, { ...flags, arguments: '{"count":9,"sleep_ms":900}' }, io)).toBe(130);
    expect(io.written).toContain('cancelled');
  });

  it.each([
    ['bad-arguments', { ...flags, arguments: '[1]' }],
    ['bad-arguments', { ...flags, arguments: '{' }],
    ['bad-number', { ...flags, seconds: '-1' }],
    ['bad-number', { ...flags, seconds: '99999999' }],
    ['no-tool', { profile: 'hybrid' }],
  ])('refuses with %s before anything is sent: %j', async (code, wrong) => {
    const refused = await runStream(undefined, wrong, testIo()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(refused).toMatchObject({ code });
  });

  const NOTE = 'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\n\n';
  const RESULT = 'data: {"jsonrpc":"2.0","id":"emcp-stream","result":{}}\n\n';
  const ERROR = 'data: {"jsonrpc":"2.0","id":"emcp-stream","error":{"code":-32603,"message":"boom"}}\n\n';

  it.each([
    [0, 'a result', RESULT, /HTTP 200, closed/],
    [1, 'an error', ERROR, /^the response is an error -32603$/m],
    [1, 'no response', NOTE, /^no-response/m],
    [1, 'two responses', RESULT + RESULT, /^several-responses/m],
    [1, 'an event that is never completed', RESULT.slice(0, -1), /^cut-mid-event/m],
  ])('ends with %d for a stream whose end is %s', async (code, _name, end, told) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, STREAM_HEADERS);
      response.write(NOTE);
      setTimeout(() => response.end(end), 300);
    });
    const io = testIo({ env: { EMCP_API_TOKEN: 'a-token' } });
    try {
      expect(await runStream('any.tool', { ...flags, url: server.url.href }, io)).toBe(code);
      expect(io.written).toMatch(told);
    } finally {
      await server.close();
    }
  });

  it('ends with 3 where nobody listens, and says what to type next', async () => {
    const io = testIo({ env: { EMCP_API_TOKEN: 'a-token' } });
    expect(await runStream('any.tool', { ...flags, url: 'http://127.0.0.1:1' }, io)).toBe(3);
    expect(io.told).toMatch(/^emcp: refused: .*\nnext: /m);
  });

  it('ends with 3 without a token, too', async () => {
    const io = testIo();
    expect(await runStream('any.tool', { ...flags, url: 'http://127.0.0.1:1' }, io)).toBe(3);
    expect(io.told).toMatch(/^emcp: .+ token\nnext: the same command with --token-file FILE\n$/);
  });
});
