/**
 * What a member of staff may do: every permission with its reason, and every role with its permissions, on one page. The vault
 * asks this table at each route; the console asks it to show only what can be used.
 */
export const PERMISSIONS = {
  'visits:read': 'Ask for figures of the visits.',
  'visits:export': 'Take figures and single events out as files.',
  'visits:write': 'Save segments, goals, funnels, annotations, alerts.',
  'visits:share': 'Make read-only links to figures.',
  'people:read': 'Look persons up by e-mail or serial and, for a declared purpose and on record, open them (U5).',
  'people:write': 'Correct a person’s data and ask persons for clarification (U5, W8).',
  'serials:read': 'See serial batches and registrations on hold.',
  'serials:write': 'Make and import serials, settle holds and transfers.',
  'improvement:read': 'Ask for the figures of the Improvement Programme.',
  'improvement:export': 'Take those figures out as files.',
  'operations:read': 'See how the house is doing.',
  'operations:write': 'Start, pause and repeat its work.',
  'settings:read': 'See the configuration in force.',
  'tokens:write': 'Make and revoke API tokens.',
  'staff:read': 'See who may do what.',
  'staff:write': 'Invite staff, change roles, end sessions.',
  'audit:read': 'Read the audit log.',
} as const satisfies Record<string, string>;

export type Permission = keyof typeof PERMISSIONS;

export const ROLES = {
  analyst: ['visits:read', 'visits:export', 'visits:write', 'visits:share', 'improvement:read'],
  support: ['people:read', 'people:write', 'serials:read'],
  marketing: ['visits:read', 'visits:export', 'visits:write', 'visits:share'],
  product: ['visits:read', 'visits:write', 'serials:read', 'serials:write', 'improvement:read', 'improvement:export'],
  'privacy-officer': [
    'visits:read',
    'people:read',
    'serials:read',
    'improvement:read',
    'operations:read',
    'settings:read',
    'staff:read',
    'audit:read',
  ],
  administrator: [
    'visits:read',
    'serials:read',
    'improvement:read',
    'operations:read',
    'operations:write',
    'settings:read',
    'tokens:write',
    'staff:read',
    'staff:write',
    'audit:read',
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

/** What somebody with these roles may do, each permission once, in the order of the table. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  const granted = new Set<Permission>(roles.flatMap((role) => ROLES[role]));
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => granted.has(permission));
}

/** What a program may be allowed. Persons, keys and settings are for people who answer for what they do. */
export const TOKEN_PERMISSIONS = [
  'visits:read',
  'visits:export',
  'visits:write',
  'improvement:read',
  'improvement:export',
] as const satisfies readonly Permission[];
