import { createHmac, randomBytes } from 'node:crypto';
import { at, isJson, isList, isObject, parseJson, type Json } from '../model/json.ts';

/** Takes out what a target says of people (contract §13, row 20): rows of model tools hold e-mail addresses and numbers. */
export interface PersonalData {
  /**
   * The text of an answer to such a tool with a placeholder for each value of its results: the same for equal values of a
   * run, and nothing that leads back to them. Names of keys, counts, truth values and errors stay.
   */
  readonly replaced: (text: string) => string;
}

/** Whether a JSON-RPC message calls a tool whose results are about people. */
export function asksForPersonalData(message: Json | undefined): boolean {
  const tool = at(message, 'params', 'name');
  return at(message, 'method') === 'tools/call' && typeof tool === 'string' && /^evo\.model\./i.test(tool);
}

/** Words of the protocol, and numbers that count. */
const STRUCTURE = new Set(['type', 'mimeType', 'toolsetVersion', 'limit', 'offset', 'count', 'total']);

/** What is no JSON may be the beginning of some, so that nothing of it stays. */
export function createPersonalData(key: Uint8Array = randomBytes(32)): PersonalData {
  const placeholder = (value: string | number): string => {
    const digest = createHmac('sha256', key)
      .update(`${typeof value} ${value}`)
      .digest('hex');
    return `(value ${digest.slice(0, 10)})`;
  };
  const inResult = (value: Json, name: string): Json => {
    if (isList(value)) return value.map((item) => inResult(item, name));
    if (isObject(value)) return mapValues(value, inResult);
    if (value === null || typeof value === 'boolean' || STRUCTURE.has(name)) return value;
    const inner = typeof value === 'string' && /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    return inner === undefined ? placeholder(value) : JSON.stringify(inResult(inner, name));
  };
  const outside = (value: Json, name: string): Json => {
    if (name === 'result' || name === 'data') return inResult(value, name);
    if (isList(value)) return value.map((item) => outside(item, name));
    return isObject(value) ? mapValues(value, outside) : value;
  };
  return {
    replaced(text) {
      const value = parsed(text);
      if (value !== undefined) return JSON.stringify(outside(value, ''));
      return text.trim() === '' ? text : `(${text.length} characters of a model tool, not shown)`;
    },
  };
}

/** What is nested too deep to walk through is no JSON here either. */
function parsed(text: string): Json | undefined {
  const value = parseJson(text);
  return isJson(value) ? value : undefined;
}

function mapValues(value: Readonly<Record<string, Json>>, change: (inner: Json, key: string) => Json): Json {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner, key)]));
}
