import { outputLines, whyNotRun, type CommandOutput, type NotRun } from './artisan.ts';

export type WorkerSync =
  | { readonly kind: 'created' | 'updated' | 'in-sync' }
  /** Exit 0 as well, and yet nothing was done. */
  | { readonly kind: 'skipped'; readonly reason: 'driver' | 'no-table' | 'no-stask' }
  | { readonly kind: 'failed'; readonly stage: 'inspect' | 'sync'; readonly reason: string }
  | NotRun;

const FORMS: readonly (readonly [RegExp, (rest: string) => WorkerSync])[] = [
  [/^\S+ worker created\.?$/, () => ({ kind: 'created' })],
  [/^\S+ worker updated\.?$/, () => ({ kind: 'updated' })],
  [/^\S+ worker already in sync\.?$/, () => ({ kind: 'in-sync' })],
  [/^queue\.driver is not stask\b/, () => ({ kind: 'skipped', reason: 'driver' })],
  [/^\S*s_workers table does not exist\b/, () => ({ kind: 'skipped', reason: 'no-table' })],
  [/^sTask is not available\b/, () => ({ kind: 'skipped', reason: 'no-stask' })],
  [/^Cannot inspect \S+ table: ?(.*)$/, (reason) => ({ kind: 'failed', stage: 'inspect', reason })],
  [/^Failed to sync \S+ worker: ?(.*)$/, (reason) => ({ kind: 'failed', stage: 'sync', reason })],
];

/** Reads `emcp:sync-workers`, which says in one line what it did. */
export function parseWorkerSync(output: CommandOutput): WorkerSync {
  for (const line of outputLines(output)) {
    for (const [form, meaning] of FORMS) {
      const match = form.exec(line);
      if (match) return meaning(match[1] ?? '');
    }
  }
  return whyNotRun(output);
}
