import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { UsageError } from '../model/errors.ts';

/** Something that is written or read, as the operator named it. */
export interface NamedPlace {
  readonly named: string;
  readonly files: readonly string[];
}

/** Refuses places of which one would be written over another, however their paths are spelt. */
export async function assertSeparate(places: readonly NamedPlace[]): Promise<void> {
  const found = await Promise.all(
    places.map(async ({ named, files }) => ({ named, files: await Promise.all(files.map(canonical)) })),
  );
  for (const [index, one] of found.entries()) {
    for (const earlier of found.slice(0, index)) {
      const shared = one.files.find((file) => earlier.files.some((other) => areInEachOthersWay(file, other)));
      if (shared === undefined) continue;
      throw new UsageError('shared-output', `${earlier.named} and ${one.named} are in each other's way: ${shared}`, {
        hint: `name another place for ${one.named}`,
      });
    }
  }
}

/** The same, or a file in the place of the other's folder. */
function areInEachOthersWay(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}${sep}`) || other.startsWith(`${one}${sep}`);
}

/** The path without links; what is not there yet is named below the nearest folder that is. */
async function canonical(path: string): Promise<string> {
  const above = dirname(path);
  return realpath(path).catch(async () => (above === path ? path : join(await canonical(above), basename(path))));
}
