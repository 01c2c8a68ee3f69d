import type { Installation } from '../config/installation.ts';
import type { Report } from '../model/report.ts';
import type { SiteTables } from '../server/content/site.ts';
import type { ServerTweak } from '../server/tweak.ts';

/** An embedded server for every check: its settings by dot key, its tables, and what is wrong with it. */
export interface EmbeddedSettings {
  readonly kind: 'embedded';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly site?: SiteTables;
  readonly tweak?: ServerTweak;
  /** Where the probes point, when that is not where the server is. */
  readonly apiPath?: string;
  readonly managerPath?: string;
}

/** A saved run, of which every request gets the response it got then. */
export interface ReplaySettings {
  readonly kind: 'replay';
  readonly report: Report;
}

/** What clients of the target speak; nothing is sent to find it out. */
export interface SpokenRevision {
  /** Default: one of the legacy era. */
  readonly protocolVersion?: string | undefined;
}

export type TargetSettings = (EmbeddedSettings | Installation | ReplaySettings) & SpokenRevision;

export const STOCK_API_PATH = '/api/v1/mcp/{server}';
export const STOCK_MANAGER_PATH = '/emcp/{server}';
