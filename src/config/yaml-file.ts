import { isCollection, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { nearest } from './nearest.ts';

/** Text of a YAML file as a checked value; every error names file, line and key. */
export function parseYaml<Schema extends z.ZodType>(text: string, source: string, schema: Schema): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new UsageError('broken-yaml', `not valid YAML: ${broken.message}`, { where: { source, line } });
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 50 }));
  if (parsed.success) return parsed.data;
  throw schemaError(parsed.error, { source, document, lines, schema });
}

interface Place {
  readonly source: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly schema: z.ZodType;
}

function schemaError(error: z.ZodError, { source, document, lines, schema }: Place): UsageError {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step));
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const full = unknown === undefined ? path : [...path, unknown];
  const line = lineOf(full, document, lines);
  const key = full.join('.');
  const where = { source, ...(line === undefined ? {} : { line }), ...(key === '' ? {} : { key }) };
  if (unknown === undefined) return new UsageError('wrong-value', issue?.message ?? 'wrong value', { where });
  const meant = nearest(unknown, keysAt(schema, path));
  const hint = meant === undefined ? 'remove the key' : `did you mean ${meant}?`;
  return new UsageError('unknown-key', 'unknown key', { where, hint });
}

/** The keys an object of the schema may have at a path. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let current: unknown = schema;
  for (const step of [undefined, ...path]) {
    if (step !== undefined)
      current = current instanceof z.ZodObject ? (current.shape as Record<string, unknown>)[step] : undefined;
    while (current instanceof z.ZodOptional) current = current.unwrap();
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function lineOf(path: readonly (string | number)[], document: Document, lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    if (!isCollection(parent)) continue;
    const pair = parent.items.find((item) => keyOf(item) === String(step)) as
      | { key?: { range?: [number, number, number] } }
      | undefined;
    if (pair?.key?.range) return lines.linePos(pair.key.range[0]).line;
  }
  return undefined;
}

function keyOf(item: unknown): string | undefined {
  const key = (item as { key?: { value?: unknown } }).key?.value;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}
