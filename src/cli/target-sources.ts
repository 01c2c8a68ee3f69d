import { findConfig } from '../config/config-file.ts';
import { readEnvironment, type Environment, type EnvironmentName } from '../config/environment.ts';
import type { TargetSources } from '../config/target-config.ts';
import type { TargetWords } from '../config/target-words.ts';
import { unreadVariables, unusedVariables, type UnusedVariable } from '../config/unused-variables.ts';
import { oneLine } from '../reporters/sanitise.ts';
import type { Io } from './io.ts';

/** Everything that can say something of a target. A variable that the command cannot use is named, never swallowed. */
export async function targetSources(flags: TargetWords, io: Io): Promise<TargetSources> {
  // `emcp.yaml` says nothing of the embedded server, so that a broken one is none of its business.
  const { target: file, production } = flags.embedded
    ? { target: undefined, production: [] }
    : await findConfig({ config: flags.config, target: flags.target, cwd: io.cwd });
  const env = readEnvironment(io.env);
  const sources = { flags, env, file, production, variables: io.env, cwd: io.cwd, readStdin: () => io.readStdin() };
  const { invocation } = flags;
  if (invocation !== undefined) tell(await unusedVariables(sources, invocation), invocation.command, io);
  return sources;
}

interface Reading {
  readonly command: string;
  readonly read: (env: Environment) => readonly EnvironmentName[];
  /** Why all others have no effect. */
  readonly because: string;
}

/** The environment of a command that asks no target; what it does not read of it is named. */
export function environmentOf({ command, read, because }: Reading, io: Io): Environment {
  const env = readEnvironment(io.env);
  tell(
    unreadVariables(env, read(env)).map((name) => ({ name, because })),
    command,
    io,
  );
  return env;
}

function tell(unused: readonly UnusedVariable[], command: string, io: Io): void {
  for (const { name, because } of unused) io.err(`note: ${name} has no effect on ${command}: ${oneLine(because)}\n`);
}
