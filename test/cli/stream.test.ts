import { describe, expect, it } from 'vitest';
import { runStream } from '../../src/cli/commands/stream-run.ts';
import type { Signal } from '../../src/cli/io.ts';
import { UsageError } from '../../src/model/errors.ts';
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
    ['no-tool', { profile: 'hybrid' }],
  ])('refuses with %s before anything is sent: %j', async (code, wrong) => {
    const refused = await runStream(undefined, wrong, testIo()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(refused).toMatchObject({ code });
  });
});
