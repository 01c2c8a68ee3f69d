import type { WorkspaceProbe } from '../model/probes.ts';
import { readThrough } from './shell-file.ts';
import { askShell, type ShellProbeOptions } from './shell-question.ts';

/** A checkout of the eMCP package; the shell's directory is its root. */
export function createWorkspaceProbe(options: ShellProbeOptions): WorkspaceProbe {
  const { shell, recorder, signal } = options;
  return {
    async read(file) {
      const { value, evidence } = await recorder.ask({ probe: 'workspace', question: { file } }, async () => {
        const text = await readThrough(shell, { path: file, below: '.', signal });
        return { value: text, outcome: text === undefined ? { missing: true } : { text } };
      });
      return value === undefined ? { missing: true, evidence } : { text: value, evidence };
    },
    run: (command, args) =>
      askShell(options, { probe: 'workspace', command: [command, ...args], whenLate: 'unreachable' }),
  };
}
