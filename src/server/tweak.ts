import type { Console } from './console/outcome.ts';
import type { Store } from './dispatch/store.ts';
import type { App } from './message.ts';
import type { Services } from './services/services.ts';
import type { Wire } from './wire.ts';

/** What can be changed about a server to make it wrong, or better: the layers of faults and remedies. */
export interface ServerTweak {
  /** Settings by dot key, over those the server is started with. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Services in place of the faithful ones, which are handed in. */
  readonly services?: (faithful: Services) => Partial<Services>;
  /** The whole application, wrapped. */
  readonly app?: (app: App) => App;
  /** What artisan answers, wrapped. */
  readonly console?: (console: Console) => Console;
  /** What the tables hold when the first request comes. */
  readonly store?: (store: Store) => void;
  /** What is really written to the socket. */
  readonly wire?: Wire;
}
