import { createHash } from 'node:crypto';
import type { SiteTables } from '../content/site.ts';
import type { ManagerUser } from '../context.ts';

/** The users of the CMS. */
export interface Accounts {
  readonly manager: (userId: number) => ManagerUser | undefined;
  readonly login: (username: string, password: string) => Login;
}

type Login =
  | { readonly kind: 'known'; readonly username: string; readonly role: number }
  | { readonly kind: 'unknown-user' | 'bad-password' };

/** Users, roles and permissions as the tables of the site have them. */
export function createAccounts(tables: SiteTables): Accounts {
  const rowsOf = (table: string): SiteTables[string] => tables[table] ?? [];
  const roleOf = (userId: number): number =>
    Number(rowsOf('user_attributes').find((row) => row['internalKey'] === userId)?.['role'] ?? 0);
  return {
    manager(userId) {
      if (!rowsOf('users').some(({ id }) => id === userId)) return undefined;
      const role = roleOf(userId);
      const granted = rowsOf('role_permissions').filter((row) => row['role_id'] === role);
      return { id: userId, permissions: new Set(granted.map((row) => String(row['permission']))) };
    },
    login(username, password) {
      const user = rowsOf('users').find((row) => row['username'] === username);
      if (user === undefined) return { kind: 'unknown-user' };
      if (!isPassword(String(user['password']), password)) return { kind: 'bad-password' };
      return { kind: 'known', username, role: roleOf(Number(user['id'])) };
    },
  };
}

/** The site may hold a password as it is or as the MD5 of old installations; other hashes match nothing. */
function isPassword(stored: string, given: string): boolean {
  return stored === given || stored === createHash('md5').update(given).digest('hex');
}
