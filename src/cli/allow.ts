import { ALLOWED_IMPACTS, type AllowedImpact } from '../config/allowed-impacts.ts';
import type { TargetConfig } from '../config/target-config.ts';
import { UsageError } from '../model/errors.ts';
import { productionRefusal } from '../model/plan.ts';

/** What may be done to a target besides reading, as the command line says it. */
export interface AllowFlag {
  readonly allow?: string;
}

export function impactsFrom({ allow }: AllowFlag): readonly AllowedImpact[] {
  const words = allow?.split(',').map((word) => word.trim()) ?? [];
  const wrong = words.find((word) => !ALLOWED_IMPACTS.some((impact) => impact === word));
  if (wrong !== undefined)
    throw new UsageError('bad-allow', `--allow ${wrong}: no such impact`, { hint: '--allow write,load' });
  return ALLOWED_IMPACTS.filter((impact) => words.includes(impact));
}

/** Of a command that may change something: production wants to hear it in the words that a check would need. */
export function assertMayWrite(config: TargetConfig, flags: AllowFlag): void {
  const allowed = impactsFrom(flags).includes('write');
  if (allowed || config.kind === 'embedded' || !config.production) return;
  throw new UsageError('not-allowed', productionRefusal('write'), { hint: '--allow write' });
}
