import { at, type Json } from '../model/json.ts';
import type { TaskRow, WorkerRow } from '../model/probes.ts';
import { parseJsonBody } from '../protocol/json-body.ts';
import type { Row } from './database-driver.ts';

type Without<Kind> = Omit<Kind, 'evidence'>;

export function workerOf(row: Row): Without<WorkerRow> {
  return {
    identifier: textOf(row['identifier']) ?? '',
    scope: textOf(row['scope']) ?? '',
    class: textOf(row['class']) ?? '',
    active: isTrue(row['active']),
  };
}

/** What the row says of its task; of the payload and the result only what tells how it went. */
export function taskOf(row: Row): Without<TaskRow> {
  const meta = jsonOf(row['meta']);
  const result = jsonOf(row['result']);
  return {
    id: numberOf(row['id']) ?? 0,
    identifier: textOf(row['identifier']) ?? '',
    action: textOf(row['action']) ?? '',
    status: numberOf(row['status']) ?? 0,
    message: textOf(row['message']),
    attempts: numberOf(row['attempts']) ?? 0,
    progress: numberOf(row['progress']) ?? 0,
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
function isTrue(value: unknown): boolean {
  if (value instanceof Uint8Array) return value[0] === 1 || value[0] === 0x31;
  return value === true || Number(value) === 1;
}

function jsonOf(value: unknown): Json | undefined {
  const parsed = parseJsonBody(Buffer.from(textOf(value) ?? ''));
  return parsed.kind === 'json' ? parsed.value : undefined;
}

function stringOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
