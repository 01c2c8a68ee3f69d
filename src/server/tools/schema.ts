import type { JsonObject } from './tool.ts';

type Properties = Readonly<Record<string, JsonObject>>;

const OPTIONAL_INTEGER = ['integer', 'null'] as const;

export const text: JsonObject = { type: 'string' };
export const optionalText: JsonObject = { type: ['string', 'null'] };

export function integerFrom(minimum: number): JsonObject {
  return { minimum, type: 'integer' };
}

export function optionalIntegerFrom(minimum: number): JsonObject {
  return { minimum, type: OPTIONAL_INTEGER };
}

/** What the runtime lists of a tool's input, which is less than the tool takes. */
export function inputSchema(properties: Properties, required: readonly string[]): JsonObject {
  return { properties, type: 'object', ...(required.length > 0 ? { required } : {}) };
}
