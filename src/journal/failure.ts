import { Blocked, Stopped, Unreachable, UNREACHABLE_KINDS } from '../model/errors.ts';
import type { Failure } from '../model/journal-entry.ts';

/** Why no response came, as it is kept. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Unreachable) return { name: 'unreachable', kind: thrown.kind, message: thrown.message };
  if (thrown instanceof Blocked) {
    return { name: 'blocked', message: thrown.message, ...(thrown.next === undefined ? {} : { next: thrown.next }) };
  }
  if (!(thrown instanceof Error)) return { name: 'stopped', message: String(thrown) };
  const { name: kind, message, stack } = thrown;
  return { name: 'error', kind, message, ...(stack === undefined ? {} : { stack }) };
}

/** The same to be thrown again. */
export function thrownAs({ name, kind, message, next, stack }: Failure): Error {
  switch (name) {
    case 'unreachable':
      return new Unreachable(UNREACHABLE_KINDS.find((known) => known === kind) ?? 'other', message);
    case 'blocked':
      return new Blocked(message, next);
    case 'stopped':
      return new Stopped(message);
    case 'error':
      return Object.assign(new Error(message), { name: kind ?? 'Error', stack });
  }
}
