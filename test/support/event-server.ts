import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EventServer {
  readonly url: URL;
  readonly port: number;
  close(): Promise<void>;
}

/** A server of one handler on a free port. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<EventServer> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: new URL(`http://127.0.0.1:${port}/`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The head of an event stream as eMCP sends it. */
export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform, private',
  'X-Accel-Buffering': 'no',
} as const;
