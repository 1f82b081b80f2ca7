/** The vendor's own people: their accounts, how they sign in, and what may be asked of whom. */
import type { Feature } from '../platform/feature.ts';
import type { Authentication } from '../platform/http/authentication.ts';
import type { Services } from '../platform/services.ts';
import { accountRoutes } from './account-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { factorRoutes } from './factor-routes.ts';
import { STAFF_KEEPS } from './keeps.ts';
import { lostPasskeyRoutes } from './lost-passkey-routes.ts';
import { createOpenIdProvider } from './openid-provider.ts';
import { openIdRoutes } from './openid-routes.ts';
import { isUuid } from './schemas.ts';
import { sessionRoutes } from './session-routes.ts';
import { createStaffHouse, type StaffServices } from './staff-house.ts';
import { staffRoutes } from './staff-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { welcomeRoutes } from './welcome-routes.ts';

export type Staff = Feature & {
  authentication: Authentication;
  /** Null unless the vendor chose to tell persons who looked at their data (`staff.namesToPersons`). */
  nameForPersons(staff: string): Promise<string | null>;
};

/** `openIdSecret`: of the client at the identity provider; null for a public client. */
export function createStaff(
  services: StaffServices & Pick<Services, 'mail' | 'log'>,
  openIdSecret: string | null = null,
): Staff {
  const house = createStaffHouse(services);
  const { openId } = services.config.staff;
  const { config, db, clock, sessions, attempts, invitations, today } = house;
  return {
    name: 'staff',
    authentication: house.authentication,
    async nameForPersons(staff) {
      if (!config.staff.namesToPersons || !isUuid(staff)) return null;
      return (await house.members.find(db, staff))?.name ?? null;
    },
    accepts: [],
    staffRoutes: [
      ...sessionRoutes(house),
      ...lostPasskeyRoutes(house, services.mail),
      ...openIdRoutes(house, openId ? createOpenIdProvider(openId, openIdSecret) : null, services.log),
      ...welcomeRoutes(house),
      ...accountRoutes(house),
      ...factorRoutes(house),
      ...staffRoutes(house, services.mail),
      ...tokenRoutes(house),
      ...auditRoutes(house),
    ],
    keeps: STAFF_KEEPS,
    schedule: [
      {
        name: 'staff.forgetEnded',
        cron: '*/15 * * * *',
        async run() {
          await sessions.forgetEnded(db, clock());
          await attempts.forgetOld(clock());
          await db.deleteFrom('staff_challenges').where('expires', '<=', clock()).execute();
        },
      },
      {
        name: 'staff.forgetInvitations',
        cron: '33 0 * * *',
        run: () => house.transaction((tx) => invitations.forgetExpired(tx, today())),
      },
    ],
    // Staff accounts are not about the persons who registered.
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
  };
}
