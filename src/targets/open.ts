import type { Target } from '../model/target.ts';
import type { TargetSettings } from './settings.ts';

/** A target and how to close it; the only way to open one. Nothing is global: as many as one likes are open at once. */
export async function openTarget(
  settings: TargetSettings,
): Promise<{ readonly target: Target; readonly close: () => Promise<void> }> {
  if (settings.kind === 'remote') return (await import('./remote.ts')).openRemote(settings);
  if (settings.kind === 'replay') return (await import('./replay.ts')).openReplay(settings);
  return (await import('./embedded.ts')).openEmbedded(settings);
}

/** The same for the time of its use, however that ends. */
export async function withTarget<Result>(
  settings: TargetSettings,
  use: (target: Target) => Promise<Result>,
): Promise<Result> {
  const { target, close } = await openTarget(settings);
  try {
    return await use(target);
  } finally {
    await close();
  }
}
