import type { App } from './message.ts';

/** What can be changed about a server to make it wrong, or better: the layers of faults and remedies. */
export interface ServerTweak {
  /** Settings by dot key, over those the server is started with. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The whole application, wrapped. */
  readonly app?: (app: App) => App;
}
