import type { Target } from '../model/target.ts';
import type { TargetSettings } from './settings.ts';

/** Lends a target, and closes it however its use ends. */
export async function withTarget<Result>(
  settings: TargetSettings,
  use: (target: Target) => Promise<Result>,
): Promise<Result> {
  const { target, close } = await open(settings);
  try {
    return await use(target);
  } finally {
    await close();
  }
}

async function open(
  settings: TargetSettings,
): Promise<{ readonly target: Target; readonly close: () => Promise<void> }> {
  if (settings.kind === 'remote') return (await import('./remote.ts')).openRemote(settings);
  return (await import('./embedded.ts')).openEmbedded(settings);
}
