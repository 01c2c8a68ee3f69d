import type { Ports } from '../ports.ts';
import type { Settings } from '../settings.ts';

export interface Session {
  readonly id: string;
  readonly userId: number;
  /** What a manager POST has to carry where the CMS checks it. */
  readonly csrfToken: string;
}

/** The sessions of the CMS manager; the API hands out a cookie with every answer but remembers none. */
export interface Sessions {
  readonly signIn: (userId: number) => Session;
  /** The session a `Cookie` header names, if it is one of ours. */
  readonly find: (cookies: string) => Session | undefined;
  /** The `Set-Cookie` value of an answer; with no session, of a new one that nobody is logged in to. */
  readonly cookie: (session: Session | undefined) => string;
}

const LIFETIME_SECONDS = 7200;

export function createSessions(settings: Settings, ports: Pick<Ports, 'now' | 'uuid'>): Sessions {
  const sessions = new Map<string, Session>();
  const name = settings.sessionCookie;
  return {
    signIn(userId) {
      const session = { id: secret(ports), userId, csrfToken: secret(ports) };
      sessions.set(session.id, session);
      return session;
    },
    find(cookies) {
      const pairs = cookies.split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value === undefined ? undefined : sessions.get(value);
    },
    cookie(session) {
      const expires = new Date(ports.now() + LIFETIME_SECONDS * 1000).toUTCString();
      const id = session?.id ?? secret(ports);
      return `${name}=${id}; expires=${expires}; Max-Age=${LIFETIME_SECONDS}; path=/; httponly; samesite=lax`;
    },
  };
}

function secret(ports: Pick<Ports, 'uuid'>): string {
  return `${ports.uuid()}${ports.uuid()}`.replaceAll('-', '').slice(0, 40);
}
