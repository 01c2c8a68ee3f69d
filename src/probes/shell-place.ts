import { Unreachable, UsageError } from '../model/errors.ts';
import { SSH_DESTINATION, type Place } from '../model/installation.ts';
import type { Ended } from './shell-ended.ts';

// Printed where the command runs, before it starts: what comes without it is from what leads there, or from a shell that failed.
const STARTED = 'emcp-started';
const START = `cd "$1" && shift && printf '${STARTED}\\n' >&2 && exec "$@"`;

/** The place in a few words. */
export function placeLabel(place: Place): string {
  if (place.kind === 'ssh') return `ssh ${place.destination}`;
  return place.kind === 'prefix' ? place.argv.join(' ') : 'local';
}

/** What to start on this machine so that the command runs there. */
export function commandLine(
  place: Place,
  command: readonly string[],
): { readonly argv: readonly string[]; readonly cwd: string | undefined } {
  if (place.kind === 'local') return { argv: command, cwd: place.cwd };
  if (place.kind === 'prefix') return { argv: [...place.argv, ...insideOf(place.cwd, command)], cwd: undefined };
  const { destination, cwd = '.', client = ['ssh'] } = place;
  if (!SSH_DESTINATION.test(destination)) {
    throw new UsageError('ssh-destination', `not a host ssh could be told: ${JSON.stringify(destination)}`);
  }
  // A fixed script and quoted words, so that any login shell of the other host reads them alike.
  const remote = insideOf(cwd, command).map(quote).join(' ');
  return { argv: [...client, '-T', '-o', 'BatchMode=yes', destination, '--', remote], cwd: undefined };
}

/** The words that run the command in a directory there: a fixed script, with the directory and the words as arguments. */
function insideOf(cwd: string | undefined, command: readonly string[]): readonly string[] {
  return cwd === undefined ? command : ['sh', '-c', START, 'sh', cwd, ...command];
}

/** Takes away what stands before the command's own words, or says why it did not start. */
export function afterStart(place: Place, ended: Ended): Ended {
  if (place.kind === 'local' || ended.late) return ended;
  // A prefix without a directory starts the command itself, without the script.
  const isScripted = place.kind === 'ssh' || place.cwd !== undefined;
  const began = isScripted ? ended.stderr.indexOf(`${STARTED}\n`) : 0;
  const notFound = ended.exit === 126 || ended.exit === 127;
  if (began === -1 || notFound) {
    const said = ended.stderr.replace(`${STARTED}\n`, '').trim().split('\n').at(-1) ?? '';
    throw new Unreachable('process', `${placeLabel(place)} did not start the command: ${said}`);
  }
  return isScripted ? { ...ended, stderr: ended.stderr.slice(began + STARTED.length + 1) } : ended;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
