/** Milliseconds for the first byte and for a whole response, of HTTP or artisan, out of the operator's seconds. */
export function timeLimits(seconds: number): { readonly firstByteMs: number; readonly totalMs: number } {
  return { firstByteMs: seconds * 1000, totalMs: seconds * 2000 };
}
