import { findTarget } from '../config/config-file.ts';
import { readEnvironment } from '../config/environment.ts';
import type { TargetSources } from '../config/target-config.ts';
import type { TargetWords } from '../config/target-words.ts';
import type { Io } from './io.ts';

/** Everything that can say something of a target. */
export async function targetSources(flags: TargetWords, io: Io): Promise<TargetSources> {
  const file = await findTarget({ config: flags.config, target: flags.target, cwd: io.cwd });
  const env = readEnvironment(io.env);
  return { flags, env, file, variables: io.env, cwd: io.cwd, readStdin: () => io.readStdin() };
}
