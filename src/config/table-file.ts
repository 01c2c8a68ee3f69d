import { readFile } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import { parseYaml } from './yaml-file.ts';
import { z } from 'zod';

const table = z.record(z.string(), z.unknown());

/** A JSON or YAML file that holds an object; JSON is YAML, too. */
export async function readTable(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError('unreadable-file', `cannot read the file (${cause.code ?? 'unreadable'})`, {
      where: { source: path },
      hint: 'check the path and its permissions',
    });
  });
  if (path.endsWith('.json')) return parseJson(text, path);
  return parseYaml(text, path, table);
}

function parseJson(text: string, source: string): Record<string, unknown> {
  const parsed = table.safeParse(valueOf(text));
  if (parsed.success) return parsed.data;
  throw new UsageError('broken-json', 'not a JSON object', { where: { source } });
}

/** Nothing where the text is no JSON. */
function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
