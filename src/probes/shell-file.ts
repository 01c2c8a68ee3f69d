import { Blocked } from '../model/errors.ts';
import type { Shell } from './shell.ts';

const MISSING = 66;
const NO_PLACE = 67;
// `$1` is the file, `$2` a directory that is there when the place is the right one. What cannot be looked up is missing
// only where the last that is there above it is a directory that may be searched; a link that leads nowhere is there.
const READ = `is_there() { [ -e "$1" ] || [ -L "$1" ]; }
[ -d "$2" ] || exit ${NO_PLACE}
is_there "$1" && exec cat "$1"
d=$1
until is_there "$d"; do d=$(dirname "$d") || exit 1; done
[ -d "$d" ] && [ -x "$d" ] && exit ${MISSING}
exit 1`;

export interface FileQuestion {
  readonly path: string;
  /** A directory that must be there, or else the file is not missing but the place is wrong. */
  readonly below: string;
  readonly signal: AbortSignal;
}

/** The text of a file where the shell runs; `undefined` when it is certainly not there. */
export async function readThrough(shell: Shell, { path, below, signal }: FileQuestion): Promise<string | undefined> {
  const ended = await shell.run(['sh', '-c', READ, 'sh', absoluteOrLocal(path), absoluteOrLocal(below)], signal);
  if (ended.exit === MISSING) return undefined;
  if (ended.exit === NO_PLACE)
    throw new Blocked(`there is no directory ${below} to read ${path} from, or none that may be searched`);
  if (ended.exit !== 0 || ended.late) throw new Blocked(`${path} cannot be read`);
  return ended.stdout;
}

// A name with a dash first would be an option to `cat`.
function absoluteOrLocal(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}
