import { Blocked } from '../model/errors.ts';
import type { Shell } from './shell.ts';

const MISSING = 66;
const NO_PLACE = 67;
// `$1` is the file, the others tell the right place. What cannot be looked up is missing only where the last that is
// there above it is a directory that may be searched; a link that leads nowhere is there.
const READ = `is_there() { [ -e "$1" ] || [ -L "$1" ]; }
d=$1
is_there "$d" && exec cat "$d"
shift
found=
for sign; do [ -e "$sign" ] && found=1; done
[ "$found" ] || exit ${NO_PLACE}
until is_there "$d"; do d=$(dirname "$d") || exit 1; done
[ -d "$d" ] && [ -x "$d" ] && exit ${MISSING}
exit 1`;

export interface FileQuestion {
  readonly path: string;
  /** Files or directories one of which must be there, or else the file is not missing but the place is wrong. */
  readonly signs: readonly string[];
  readonly signal: AbortSignal;
}

/** The text of a file where the shell runs; `undefined` when it is certainly not there. */
export async function readThrough(shell: Shell, { path, signs, signal }: FileQuestion): Promise<string | undefined> {
  const ended = await shell.run(['sh', '-c', READ, 'sh', ...[path, ...signs].map(absoluteOrLocal)], signal);
  if (ended.exit === MISSING) return undefined;
  if (ended.exit === NO_PLACE)
    throw new Blocked(
      `neither ${path} nor ${signs.join(' or ')} is there to be found, so that the directory is another one`,
    );
  if (ended.exit !== 0 || ended.late) throw new Blocked(`${path} cannot be read`);
  return ended.stdout;
}

// A name with a dash first would be an option to `cat`.
function absoluteOrLocal(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}
