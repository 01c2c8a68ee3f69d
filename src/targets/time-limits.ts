/** Milliseconds for a whole response, of HTTP or artisan, out of the operator's seconds; no part of it ends earlier. */
export function timeLimits(seconds: number) {
  const totalMs = seconds * 1000;
  return { firstByteMs: totalMs, idleMs: totalMs, totalMs };
}
