import { Blocked } from '../model/errors.ts';
import { at, type Json } from '../model/json.ts';
import type { TaskRow, WorkerRow } from '../model/probes.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import type { Row } from './database-driver.ts';

type Without<Kind> = Omit<Kind, 'evidence'>;

export function workerOf(row: Row): Without<WorkerRow> {
  return {
    identifier: required(row, 'identifier', textOf),
    scope: required(row, 'scope', textOf),
    class: required(row, 'class', textOf),
    active: required(row, 'active', booleanOf),
  };
}

/** What the row says of its task; of the payload and the result only what tells how it went. */
export function taskOf(row: Row): Without<TaskRow> {
  const meta = jsonOf(row['meta']);
  const result = jsonOf(row['result']);
  return {
    id: required(row, 'id', numberOf),
    identifier: required(row, 'identifier', textOf),
    action: required(row, 'action', textOf),
    status: required(row, 'status', numberOf),
    message: textOf(row['message']),
    attempts: required(row, 'attempts', numberOf),
    progress: required(row, 'progress', numberOf),
    traceId: stringOf(at(meta, 'trace_id')),
    idempotencyKey: stringOf(at(meta, 'idempotency_key')),
    startedBy: numberOf(row['started_by']),
    inner: {
      httpStatus: numberOf(at(result, 'http_status')),
      errorCode: numberOf(at(result, 'response', 'error', 'code')),
    },
    hasFinishedAt: textOf(row['finished_at']) !== null,
  };
}

/** The value of a column that sTask never leaves empty; throws `Blocked` for one that nobody can read. */
function required<Value>(row: Row, column: string, read: (value: unknown) => Value | null): Value {
  const value = read(row[column]);
  if (value === null) throw new Blocked(`the column ${column} holds a value that cannot be read`);
  return value;
}

/** A whole number as any driver gives it: number, big integer or text. */
function numberOf(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return null;
  const number = Number(value);
  return value !== '' && Number.isSafeInteger(number) ? number : null;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}

/** Booleans come as such, as 0 and 1, or as a bit. */
function booleanOf(value: unknown): boolean | null {
  const plain = value instanceof Uint8Array ? value[0] : Number(value ?? Number.NaN);
  if (plain === 1 || plain === 0x31) return true;
  return plain === 0 || plain === 0x30 ? false : null;
}

function jsonOf(value: unknown): Json | undefined {
  const parsed = parseJsonBody(Buffer.from(textOf(value) ?? ''));
  return parsed.kind === 'json' ? parsed.value : undefined;
}

function stringOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
