import type { Command } from 'commander';
import { openCatalogue, profilesFolder } from '../../catalogue/index.ts';
import { profileNames } from '../../config/load.ts';
import { complete } from '../completion.ts';
import { FORMATS } from '../formats.ts';
import type { Io } from '../io.ts';

/** Answers the shell, one word a line. */
export async function runCompleteWords(program: Command, words: readonly string[], io: Io): Promise<void> {
  const [{ checks, faults }, profiles] = await Promise.all([
    openCatalogue(),
    profileNames({ folder: profilesFolder() }),
  ]);
  const names = { checks: checks.map(({ id }) => id), faults: faults.map(({ id }) => id), profiles, formats: FORMATS };
  io.out(
    complete(program, words, names)
      .map((word) => `${word}\n`)
      .join(''),
  );
}
