/** What the routes of staff are asked with and answer. Every object is strict: a field that nobody asked for is refused. */
import { PERMISSIONS, type Permission, ROLES, type Role } from '@avow/protocol/staff/roles';
import { z } from 'zod';
import { PASSWORD_LENGTH } from './passwords.ts';

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];

export const language = z.enum(['en', 'de']);
export const role = z.enum<Role[]>(keysOf(ROLES));
export const permission = z.enum<Permission[]>(keysOf(PERMISSIONS));
/** Of a link or a challenge; longer ones were not made here. */
export const token = z.string().max(64);
export const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u);
export const email = z.email().max(254);
export const label = z.string().trim().min(1).max(60);
/** One that is being chosen. Its strength is checked with the name and the address beside it. */
export const newPassword = z.string().max(PASSWORD_LENGTH.most);
/** One that is being tried: any text that could be one. */
export const triedPassword = z.string().max(PASSWORD_LENGTH.most);
export const code = z.string().max(64);
export const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;
export const nothing = z.strictObject({});

/** A passkey's answer: checked by the ceremony, only its outline here. */
export const credential = z.looseObject({
  id: z.string().max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  response: z.looseObject({}),
});

export const options = z.looseObject({});
export const member = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  language,
});

export const state = z.strictObject({
  state: z.enum(['setup', 'signed-out', 'signed-in']),
  vendor: z.string(),
  openIdProvider: z.string().nullable(),
  passkeys: z.boolean(),
  csrf: z.string().nullable(),
  staff: member.nullable(),
  permissions: z.array(permission),
  idleEnds: z.string().nullable(),
  absoluteEnds: z.string().nullable(),
});

export const welcomed = z.strictObject({ session: state, recoveryCodes: z.array(z.string()) });
export const ceremony = z.strictObject({ challenge: z.string(), options });
export const newAuthenticator = z.strictObject({ challenge: z.string(), otpauth: z.string(), secret: z.string() });

export const factors = z.strictObject({
  passkeys: z.array(
    z.strictObject({ id: z.string(), label: z.string(), created: z.string(), lastUsed: z.string().nullable() }),
  ),
  password: z.boolean(),
  totp: z.boolean(),
  recoveryCodesLeft: z.number(),
});

export const sessions = z.array(
  z.strictObject({
    id: z.uuid(),
    current: z.boolean(),
    client: z.string(),
    created: z.string(),
    lastUsed: z.string(),
  }),
);
