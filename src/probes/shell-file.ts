import { Blocked } from '../model/errors.ts';
import type { Shell } from './shell.ts';

const MISSING = 66;
const NO_PLACE = 67;
// `$1` is the file, `$2` a directory that is there when the place is the right one.
const READ = `[ -d "$2" ] || exit ${NO_PLACE}; [ -e "$1" ] || exit ${MISSING}; exec cat "$1"`;

export interface FileQuestion {
  readonly path: string;
  /** A directory that must be there, or else the file is not missing but the place is wrong. */
  readonly below: string;
  readonly signal: AbortSignal;
}

/** The text of a file where the shell runs; `undefined` when it is not there. */
export async function readThrough(shell: Shell, { path, below, signal }: FileQuestion): Promise<string | undefined> {
  const ended = await shell.run(['sh', '-c', READ, 'sh', absoluteOrLocal(path), absoluteOrLocal(below)], signal);
  if (ended.exit === MISSING) return undefined;
  if (ended.exit === NO_PLACE) throw new Blocked(`there is no directory ${below} to read ${path} from`);
  if (ended.exit !== 0 || ended.late) throw new Blocked(`${path} cannot be read`);
  return ended.stdout;
}

// A name with a dash first would be an option to `cat`.
function absoluteOrLocal(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}
