import type { HttpLimits } from '../probes/http.ts';
import type { Place } from '../probes/shell-place.ts';
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

/** An installation that is reached over the network. Secrets come as values; where they were read is `config`'s business. */
export interface RemoteSettings {
  readonly kind: 'remote';
  /** `https://host/prefix`, without credentials in it. */
  readonly url: string;
  readonly apiPath: string;
  readonly managerPath: string;
  readonly servers: readonly string[];
  /** The signing secret: any token can be minted. */
  readonly secret?: string;
  /** The issuer the target demands (`SAPI_JWT_ISS`). */
  readonly issuer?: string;
  /** One token that was handed over. */
  readonly token?: string;
  readonly cookie?: string;
  readonly csrf?: string;
  readonly login?: { readonly username: string; readonly password: string; readonly tokenPath: string };
  /** Where commands run; the directory is the CMS's `core`. */
  readonly place: Place;
  readonly artisan?: readonly string[];
  readonly core?: string;
  readonly worker?: readonly string[];
  readonly database?: { readonly url: string; readonly prefix: string };
  /** A checkout of the eMCP package. */
  readonly workspace?: string;
  readonly insecure: boolean;
  readonly ca?: string;
  readonly limits?: Partial<HttpLimits>;
  readonly production: boolean;
}

export type TargetSettings = EmbeddedSettings | RemoteSettings;

export const STOCK_API_PATH = '/api/v1/mcp/{server}';
export const STOCK_MANAGER_PATH = '/emcp/{server}';
