/** Where commands of an installation run; the directory is the CMS's `core`. */
export type Place =
  | { readonly kind: 'local'; readonly cwd?: string }
  | {
      readonly kind: 'ssh';
      /** `user@host`, a name of the ssh configuration, or `ssh://user@host:port`. */
      readonly destination: string;
      /** Directory on the other host. */
      readonly cwd?: string;
      /** The client and its options, when `ssh` alone does not do. */
      readonly client?: readonly string[];
    }
  /** A command that runs what follows it, such as `docker compose exec -T app`; `cwd` is where it is started. */
  | { readonly kind: 'prefix'; readonly argv: readonly string[]; readonly cwd?: string };

/** An installation that is reached over the network, completely described. Secrets come as values. */
export interface Installation {
  readonly kind: 'remote';
  /** Its name in `emcp.yaml`, when it comes from there. */
  readonly name?: string;
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
  readonly place: Place;
  readonly artisan?: readonly string[];
  readonly core?: string;
  readonly worker?: readonly string[];
  readonly database?: { readonly url: string; readonly prefix: string };
  /** A checkout of the eMCP package. */
  readonly workspace?: string;
  readonly insecure: boolean;
  readonly ca?: string;
  /** Milliseconds for the first byte and for a whole answer, of HTTP or artisan. */
  readonly limits?: { readonly firstByteMs: number; readonly totalMs: number };
  readonly production: boolean;
}
