import { createHash } from 'node:crypto';

export const MANIFEST = 'SHA256SUMS';

/** In the format `sha256sum -c` reads. */
export function manifestOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, text]) => `${digest(text)}  ${name}\n`)
    .join('');
}

/** Digest by file name; `undefined` where a line is none. */
export function readManifest(text: string): ReadonlyMap<string, string> | undefined {
  const sums = new Map<string, string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *]([\w.-]+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) return undefined;
    sums.set(name, sum);
  }
  return sums;
}

export function digest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
