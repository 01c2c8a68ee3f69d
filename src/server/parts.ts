import type { Ports } from './ports.ts';
import type { Services } from './services/services.ts';
import type { Settings } from './settings.ts';

/** What every stage and controller is made of. */
export interface Parts {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly services: Services;
}
