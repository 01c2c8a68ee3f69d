import type { Catalogue } from '../catalogue/index.ts';
import type { ServerTweak } from '../server/tweak.ts';

/** The layers of a fault: the catalogue does not know the types of the server, which a fault is written against. */
export async function loadTweak(catalogue: Catalogue, fault: string): Promise<ServerTweak> {
  return (await catalogue.loadFault(fault)) as ServerTweak & { readonly id: string };
}
