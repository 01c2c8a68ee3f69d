import type { ArtisanProbe } from '../model/probes.ts';
import { askShell, type ShellProbeOptions } from './shell-question.ts';

export interface ArtisanOptions extends ShellProbeOptions {
  /** What runs artisan there, such as `php artisan`. */
  readonly command: readonly string[];
}

/** The target's console. A command that does not end in time gives no answer. */
export function createArtisanProbe({ command, ...options }: ArtisanOptions): ArtisanProbe {
  return {
    run: (args) => askShell(options, { probe: 'artisan', program: command, args, whenLate: 'unreachable' }),
  };
}
