/** How the vendor's own people sign in to the console. Secrets come from the environment. */
import { z } from 'zod';

/** The roles of the console; what each may do stands in `protocol/src/staff/roles.ts`. */
export const STAFF_ROLES = ['analyst', 'support', 'marketing', 'product', 'privacy-officer', 'administrator'] as const;

const openId = z.strictObject({
  /** On the button: "Sign in with <name>". */
  name: z.string().min(1).max(40),
  issuer: z.url(),
  clientId: z.string().min(1),
  scopes: z.array(z.string().min(1)).default(['openid', 'email', 'profile']),
  /** The claim whose values decide about roles: a text or a list of texts. */
  rolesClaim: z.string().min(1).default('groups'),
  /** Roles by value of that claim. Who has none of the values is not let in. */
  roles: z.record(z.string().min(1), z.array(z.enum(STAFF_ROLES)).min(1)),
});

export const staff = z.strictObject({
  /** A session ends after so many minutes without use, */
  idleMinutes: z.number().int().min(5).max(480).default(60),
  /** and after so many hours in any case. */
  hours: z.number().int().min(1).max(24).default(12),
  /** Whether a person who sees which staff looked at their data is told the names. Roles are told always. */
  namesToPersons: z.boolean().default(false),
  /** Sign-in through the vendor's own identity provider (OpenID Connect). */
  openId: openId.optional(),
});
