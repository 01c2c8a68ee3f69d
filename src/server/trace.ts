import { phpTrim } from './json/cast.ts';
import type { Trace } from './context.ts';
import type { ServerRequest } from './message.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The client's trace id, taken as it is but for blanks around it, else a new one. */
export function readTrace(request: ServerRequest, settings: Settings, ports: Ports): Trace {
  const sent = phpTrim(headerText(request, settings.trace.header));
  if (sent !== '') return { header: sent, text: decode(sent) };
  const made = settings.trace.generateIfMissing ? ports.uuid() : '';
  return { header: made, text: made };
}

/** A trace the server made itself, when it calls its own runtime. */
export function traceOf(text: string): Trace {
  return { header: Buffer.from(text, 'utf8').toString('latin1'), text };
}

export function headerText(request: ServerRequest, name: string): string {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
}

/** Node gives header bytes as Latin-1. */
function decode(header: string): string | undefined {
  try {
    return utf8.decode(Buffer.from(header, 'latin1'));
  } catch {
    return undefined;
  }
}
