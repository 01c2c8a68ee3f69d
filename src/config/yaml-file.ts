import { isCollection, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { nearest } from './nearest.ts';
import { inOwnWords } from './schema-words.ts';

/** Text of a YAML file as a checked value; every error names file, line and key. */
export function parseYaml<Schema extends z.ZodType>(text: string, source: string, schema: Schema): z.output<Schema> {
  return parseYamlWithLines(text, source, schema).value;
}

export interface WithLines<Value> {
  readonly value: Value;
  /** The line of a key, for what turns out wrong later. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** The same, with the places of its keys. */
export function parseYamlWithLines<Schema extends z.ZodType>(
  text: string,
  source: string,
  schema: Schema,
): WithLines<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new UsageError('broken-yaml', `not valid YAML: ${broken.message}`, { where: { source, line } });
  }
  const parsed = schema.safeParse(valueOf(document, source), { error: inOwnWords, reportInput: true });
  if (parsed.success) return { value: parsed.data, lineOf: (path) => lineOf(path, document, lines) };
  throw schemaError(parsed.error, { source, document, lines, schema });
}

function valueOf(document: Document, source: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    return value;
  } catch {
    throw new UsageError('too-many-aliases', 'its aliases unfold without end, or name nothing', {
      where: { source },
      hint: 'write the values out',
    });
  }
}

interface Place {
  readonly source: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly schema: z.ZodType;
}

function schemaError(error: z.ZodError, { source, document, lines, schema }: Place): UsageError {
  // A misspelt key says more than the key that is missing for it.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const path = (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step));
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const full = unknown === undefined ? path : [...path, unknown];
  const line = lineOf(full, document, lines);
  const key = full.join('.');
  const where = { source, ...(line === undefined ? {} : { line }), ...(key === '' ? {} : { key }) };
  if (unknown === undefined) return new UsageError('wrong-value', messageOf(issue), { where, ...hintFor(issue) });
  const meant = nearest(unknown, keysAt(schema, path));
  const hint = meant === undefined ? 'remove the key' : `did you mean ${meant}?`;
  return new UsageError('unknown-key', 'unknown key', { where, hint });
}

function messageOf(issue: z.core.$ZodIssue | undefined): string {
  const inner = issue?.code === 'invalid_key' ? issue.issues[0] : issue;
  return inner?.message ?? 'wrong value';
}

/** What was meant by a word that is nearly one of those that are valid. */
function hintFor(issue: z.core.$ZodIssue | undefined): { readonly hint?: string } {
  if (issue?.code !== 'invalid_value' || typeof issue.input !== 'string') return {};
  const meant = nearest(issue.input, issue.values.map(String));
  return meant === undefined ? {} : { hint: `did you mean ${meant}?` };
}

/** The keys an object of the schema may have at a path. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let current: unknown = schema;
  for (const step of [undefined, ...path]) {
    if (step !== undefined) current = below(current, step);
    while (current instanceof z.ZodOptional) current = current.unwrap();
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function below(schema: unknown, step: string | number): unknown {
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  return shape[step];
}

function lineOf(path: readonly (string | number)[], document: Document, lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    if (!isCollection(parent)) continue;
    const pair = parent.items.find((item) => isPair(item) && nameOf(item.key) === String(step));
    if (isPair(pair) && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
  }
  return undefined;
}

function nameOf(key: unknown): string | undefined {
  const name = isScalar(key) ? key.value : undefined;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}
