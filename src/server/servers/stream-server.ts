import type { Ports } from '../ports.ts';
import type { JsonObject, StreamMessage, Tool } from '../tools/tool.ts';
import { encodeJson } from '../json/encode.ts';
import type { ServerClass } from './server-class.ts';

/** A host application's server for trying streams, failures and large answers; nothing of it ships with eMCP. */
export function streamServer(ports: Pick<Ports, 'sleep'>): ServerClass {
  return {
    class: 'HostApp\\StreamServer',
    name: 'Host stream server',
    version: '0.0.1',
    instructions: 'Tools that stream, fail, answer late or answer at length, to try a client with.',
    tools: [streamTool(ports), echo, boom, big, slowTool(ports)],
  };
}

function streamTool(ports: Pick<Ports, 'sleep'>): Tool {
  const properties = { count: { type: 'integer' }, sleep_ms: { type: 'integer' } };
  return {
    name: 'host.stream.count',
    title: 'Stream Tool',
    description: 'Reports progress as often as asked, then answers.',
    inputSchema: { properties, type: 'object' },
    call: (args, { signal }) => ({ kind: 'stream', messages: count(args, ports, signal) }),
  };
}

async function* count(
  args: JsonObject,
  ports: Pick<Ports, 'sleep'>,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const total = integer(args['count'], 3);
  for (let progress = 1; progress <= total; progress += 1) {
    const params = { progressToken: 't', progress, total };
    yield { kind: 'notification', method: 'notifications/progress', params };
    await ports.sleep(integer(args['sleep_ms'], 0), signal);
  }
  if (integer(args['fail'], 0) > 0) throw new Error('the stream tool was told to fail');
  yield { kind: 'result', text: `done ${total}` };
}

const anything: JsonObject = { type: 'object', properties: {} };

const echo: Tool = {
  name: 'host.echo',
  title: 'Echo Tool',
  description: 'Answers with its arguments.',
  inputSchema: anything,
  call: (args) => ({ kind: 'text', text: encodeJson(args) }),
};

const boom: Tool = {
  name: 'host.boom',
  title: 'Boom Tool',
  description: 'Always fails.',
  inputSchema: anything,
  call() {
    throw new Error('the boom tool always fails');
  },
};

const big: Tool = {
  name: 'host.big',
  title: 'Big Tool',
  description: 'Answers with as many bytes as asked.',
  inputSchema: anything,
  call: (args) => ({ kind: 'text', text: 'x'.repeat(Math.min(integer(args['bytes'], 1024), 16_777_216)) }),
};

function slowTool(ports: Pick<Ports, 'sleep'>): Tool {
  return {
    name: 'host.slow',
    title: 'Slow Tool',
    description: 'Answers after as many milliseconds as asked.',
    inputSchema: anything,
    async call(args, { signal }) {
      await ports.sleep(integer(args['ms'], 1000), signal);
      return { kind: 'text', text: 'slept' };
    },
  };
}

function integer(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) ? Math.max(0, value) : otherwise;
}
