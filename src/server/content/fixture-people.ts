import type { SiteTables } from './site.ts';

type Row = SiteTables[string][number];

const ROLES = [
  {
    id: 1,
    name: 'Administrator',
    grants: ['frames', 'home', 'access_permissions', 'stask', 'emcp', 'emcp_manage', 'emcp_dispatch'],
  },
  { id: 2, name: 'Editor', grants: ['frames', 'home', 'access_permissions'] },
  { id: 3, name: 'MCP reader', grants: ['frames', 'home', 'access_permissions', 'emcp'] },
  { id: 4, name: 'MCP dispatcher', grants: ['frames', 'home', 'access_permissions', 'emcp', 'emcp_dispatch'] },
] as const;

const NAMES = ['admin', 'editor', 'reader', 'dispatcher'];

const GRANTS = ROLES[0].grants;

/** User N has role N: 1 may everything, 2 no MCP, 3 MCP without dispatch, 4 both. */
export const fixturePeople = {
  users: NAMES.map((username, index) => userRow(index + 1, username)),
  user_attributes: NAMES.map((username, index) => attributesRow(index + 1, username)),
  user_roles: ROLES.map(({ id, name }) => ({ id, name, description: `${name} of the fixture site` })),
  permissions: GRANTS.map((key, index) => ({
    id: index + 1,
    name: `May use ${key}`,
    key,
    lang_key: key,
    group_id: 1,
    disabled: 0,
  })),
  permissions_groups: [{ id: 1, name: 'Everything', lang_key: 'everything' }],
  role_permissions: ROLES.flatMap(({ id, grants }) =>
    grants.map((permission) => ({ id: id * 10 + GRANTS.indexOf(permission), permission, role_id: id })),
  ),
} satisfies SiteTables;

/** The columns no tool may return are filled, so that a leak would show. */
function userRow(id: number, username: string): Row {
  const hidden = ['password', 'cachepwd', 'refresh_token', 'access_token', 'verified_key'];
  return {
    id,
    username,
    ...Object.fromEntries(hidden.map((column) => [column, `hidden-${column}-${id}`])),
    valid_to: null,
  };
}

function attributesRow(id: number, username: string): Row {
  const person = { fullname: `The ${username}`, email: `${username}@site.example`, phone: '', mobilephone: '' };
  const logins = {
    blocked: 0,
    blockeduntil: 0,
    blockedafter: 0,
    logincount: id,
    lastlogin: 1_760_000_000,
    failedlogincount: 0,
  };
  return { id, internalKey: id, role: id, ...person, ...logins, sessionid: `hidden-sessionid-${id}` };
}
