import { findConfig } from '../config/config-file.ts';
import { readEnvironment } from '../config/environment.ts';
import type { TargetSources } from '../config/target-config.ts';
import type { TargetWords } from '../config/target-words.ts';
import { unusedVariables } from '../config/unused-variables.ts';
import { oneLine } from '../reporters/sanitise.ts';
import type { Io } from './io.ts';

/** Everything that can say something of a target. A variable that the command cannot use is named, never swallowed. */
export async function targetSources(flags: TargetWords, io: Io): Promise<TargetSources> {
  const { target: file, production } = await findConfig({ config: flags.config, target: flags.target, cwd: io.cwd });
  const env = readEnvironment(io.env);
  const sources = { flags, env, file, production, variables: io.env, cwd: io.cwd, readStdin: () => io.readStdin() };
  const { invocation } = flags;
  if (invocation === undefined) return sources;
  for (const { name, because } of await unusedVariables(sources, invocation)) {
    io.err(`note: ${name} has no effect on ${invocation.command}: ${oneLine(because)}\n`);
  }
  return sources;
}
