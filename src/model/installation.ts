/** What can be told to `ssh` as a host, and is no option of it. */
export const SSH_DESTINATION = /^(?!-)\S*[^\s@]$/;

/** Where commands of an installation run; the directory is the CMS's `core`, as that host finds it. */
export type Place =
  | { readonly kind: 'local'; readonly cwd?: string }
  | {
      readonly kind: 'ssh';
      /** `user@host`, a name of the ssh configuration, or `ssh://user@host:port`. */
      readonly destination: string;
      readonly cwd?: string;
      /** The client and its options, when `ssh` alone does not do. */
      readonly client?: readonly string[];
    }
  /** A command that runs what follows it elsewhere, such as `docker compose exec -T app`. */
  | { readonly kind: 'prefix'; readonly argv: readonly string[]; readonly cwd?: string };
