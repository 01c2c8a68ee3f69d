import { appendFileSync } from 'node:fs';
import { errorCode, UsageError } from '../model/errors.ts';
import type { Io, LostOutput } from './io.ts';
import { lostBy } from './lost-output.ts';

/** The file that audit lines are appended to while a server serves. */
export interface AuditFile {
  /** Never throws: a line that is lost costs no answer. */
  readonly append: (line: Readonly<Record<string, unknown>>) => void;
  readonly lost: () => readonly LostOutput[];
}

/** Refuses a file that nothing can be appended to; where that comes later, it is said at once, and kept for the end. */
export function openAuditFile(path: string, io: Io): AuditFile {
  const append = (text: string): void => appendFileSync(path, text, { mode: 0o600 });
  let lost: LostOutput | undefined;
  try {
    append('');
  } catch (error) {
    throw new UsageError('output-unwritable', `${path} cannot be written: ${errorCode(error) ?? 'unknown error'}`, {
      where: { source: '--audit' },
      hint: '--audit FILE, in a folder that is there and that you may write to',
    });
  }
  return {
    lost: () => (lost === undefined ? [] : [lost]),
    append(line) {
      try {
        append(`${JSON.stringify(line)}\n`);
      } catch (error) {
        if (lost !== undefined) return;
        const { place, why } = lostBy(error, path);
        lost = { place, why: `lines are missing: ${why}` };
        io.err(`emcp: ${place} ${why}: audit lines are lost from here on, and serving goes on\n`);
      }
    },
  };
}
