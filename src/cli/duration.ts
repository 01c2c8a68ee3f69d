import { UsageError } from '../model/errors.ts';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `90s`, `15m`, `1h` or `7d` in seconds. */
export function parseDuration(text: string, flag: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit as keyof typeof SECONDS] ?? 0);
  if (seconds > 0) return seconds;
  throw new UsageError('bad-duration', `${flag} ${text} is not a duration`, { hint: `${flag} 1h` });
}

/** The largest unit that says enough, such as `2 hours`. */
export function inWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, one]) => Math.abs(seconds) >= 1.95 * one) ?? (['second', 1] as const);
  const count = Math.round(Math.abs(seconds) / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const UNITS = [
  ['day', SECONDS.d],
  ['hour', SECONDS.h],
  ['minute', SECONDS.m],
] as const;
