import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SiteTables } from '../../src/server/content/site.ts';

const cut = z.object({ bytes: z.number(), head: z.string(), fill: z.string(), tail: z.string() });
const body = { body: z.string().nullish(), body_cut: cut.optional(), body_base64: z.string().optional() };

export const exchangeRow = z.object({
  name: z.string(),
  at: z.number(),
  settings: z.record(z.string(), z.unknown()),
  request: z.object({ method: z.string(), path: z.string(), headers: z.record(z.string(), z.string()), ...body }),
  response: z.object({ status: z.number(), headers: z.array(z.tuple([z.string(), z.string()])), ...body }),
  login: z.number().optional(),
  before: z.array(z.string()).optional(),
  replay: z.boolean().optional(),
});

/** One request that was sent to a real runtime and what it answered. */
export type Exchange = z.infer<typeof exchangeRow>;

export interface Recording {
  readonly file: string;
  /** In the order they were sent, without those that cannot be replayed. */
  readonly exchanges: readonly Exchange[];
}

/** The folder of recordings, or `undefined` when this machine has none. */
export function recordedFolder(): string | undefined {
  const folder = process.env['EMCP_RECORDED'];
  if (folder === undefined || folder === '') return undefined;
  if (!existsSync(folder)) throw new Error(`EMCP_RECORDED names ${folder}, which does not exist`);
  return folder;
}

export function loadRecordings(folder: string): readonly Recording[] {
  const files = readdirSync(folder).filter((file) => /^\d\d.*\.json$/.test(file));
  return files.toSorted().flatMap((file) => {
    const exchanges = readRows(join(folder, file)).flatMap((row) => exchangeRow.safeParse(row).data ?? []);
    const replayable = exchanges.filter(({ replay }) => replay !== false);
    return replayable.length === 0 ? [] : [{ file, exchanges: replayable }];
  });
}

/** How many rows of a file look like exchanges; all of them must have been understood. */
export function countRows(folder: string, file: string): number {
  const shape = z.object({ request: z.unknown(), response: z.unknown(), replay: z.literal(true).optional() });
  return readRows(join(folder, file)).filter((row) => {
    const { data } = shape.safeParse(row);
    return data?.request !== undefined && data.response !== undefined;
  }).length;
}

export function loadSite(folder: string): SiteTables {
  const value = z.union([z.string(), z.number(), z.null()]);
  const tables = z.record(z.string(), z.array(z.record(z.string(), value)));
  return tables.parse(JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8')));
}

/** The bytes of a body, however it was kept. */
export function bytesOf(kept: Exchange['request'] | Exchange['response']): Buffer {
  if (kept.body_base64 !== undefined) return Buffer.from(kept.body_base64, 'base64');
  if (kept.body_cut === undefined) return Buffer.from(kept.body ?? '', 'utf8');
  const { bytes, head, fill, tail } = kept.body_cut;
  const middle = bytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  return Buffer.from(`${head}${fill.repeat(middle)}${tail}`, 'utf8');
}

function readRows(path: string): readonly unknown[] {
  return z.array(z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
}
