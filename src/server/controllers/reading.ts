import { phpTrim, toText } from '../json/cast.ts';
import type { Parsed } from '../json/parse.ts';
import { member } from '../json/value.ts';

/** The prefix is all that is looked at: `application/json-patch+json` passes. */
export function isJson(contentType: string): boolean {
  return phpTrim(contentType).toLowerCase().startsWith('application/json');
}

/** The JSON-RPC method as text, whatever its type; `undefined` for none. */
export function readMethod(payload: Parsed): string | undefined {
  const method = payload.kind === 'value' ? phpTrim(toText(member(payload.value, 'method'))) : '';
  return method === '' ? undefined : method;
}

/** The tool a `tools/call` names, for the security policy. */
export function readToolName(payload: Parsed): string | undefined {
  if (payload.kind === 'invalid' || readMethod(payload) !== 'tools/call') return undefined;
  const name = phpTrim(toText(member(member(payload.value, 'params'), 'name')));
  return name === '' ? undefined : name;
}
