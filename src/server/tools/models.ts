import { InvalidArguments } from './tool.ts';

/** A CMS model that may be read: its table and the fields anyone may see, filter and sort by. */
export interface Model {
  readonly name: string;
  readonly table: string;
  readonly fields: readonly string[];
}

const NAMESPACE = 'EvolutionCMS\\Models\\';

const CODE_FIELDS = ['id', 'name', 'description', 'category', 'locked', 'disabled', 'createdon', 'editedon'];

const PERSON_FIELDS = ['id', 'internalKey', 'fullname', 'email', 'phone', 'mobilephone'];
const LOGIN_FIELDS = ['blocked', 'blockeduntil', 'blockedafter', 'failedlogincount', 'logincount', 'lastlogin'];

const VARIABLE_FIELDS = ['id', 'name', 'caption', 'description', 'type', 'default_text'];
const INPUT_FIELDS = ['display', 'elements', 'rank', 'category', 'locked'];

const MODELS: readonly Model[] = [
  {
    name: 'SiteTemplate',
    table: 'site_templates',
    fields: ['id', 'templatename', 'description', 'editor_type', 'icon', 'category', 'locked'],
  },
  {
    name: 'SiteTmplvar',
    table: 'site_tmplvars',
    fields: [...VARIABLE_FIELDS, ...INPUT_FIELDS],
  },
  {
    name: 'SiteTmplvarContentvalue',
    table: 'site_tmplvar_contentvalues',
    fields: ['id', 'contentid', 'tmplvarid', 'value'],
  },
  { name: 'SiteSnippet', table: 'site_snippets', fields: CODE_FIELDS },
  { name: 'SitePlugin', table: 'site_plugins', fields: CODE_FIELDS },
  { name: 'SiteModule', table: 'site_modules', fields: CODE_FIELDS.filter((field) => field !== 'locked') },
  { name: 'Category', table: 'categories', fields: ['id', 'category'] },
  {
    name: 'User',
    table: 'users',
    fields: ['id', 'username', 'isfrontend', 'createdon', 'editedon', 'blocked', 'blockeduntil', 'blockedafter'],
  },
  {
    name: 'UserAttribute',
    table: 'user_attributes',
    fields: [...PERSON_FIELDS, ...LOGIN_FIELDS],
  },
  { name: 'UserRole', table: 'user_roles', fields: ['id', 'name', 'description', 'frames', 'home', 'rank', 'locked'] },
  { name: 'Permissions', table: 'permissions', fields: ['id', 'name', 'description'] },
  { name: 'PermissionsGroups', table: 'permissions_groups', fields: ['id', 'name'] },
  { name: 'RolePermissions', table: 'role_permissions', fields: ['id', 'role_id', 'permission'] },
];

/** Finds a model by its short or full name in any case, if `domain.models.allow` names it too. */
export function modelNamed(name: string, allow: readonly string[]): Model {
  const allowed = new Set(allow.map(fullName));
  const model = MODELS.find((known) => fullName(known.name) === fullName(name.trim()));
  if (model !== undefined && allowed.has(fullName(model.name))) return model;
  throw new InvalidArguments([`The model [${name}] may not be read.`]);
}

export function publicField(model: Model, field: string): string {
  if (model.fields.includes(field)) return field;
  throw new InvalidArguments([`The field [${field}] of the model [${model.name}] may not be used.`]);
}

function fullName(name: string): string {
  const bare = name.replace(/^\\+/, '');
  return (bare.includes('\\') ? bare : NAMESPACE + bare).toLowerCase();
}
