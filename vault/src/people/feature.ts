/** The shared ground as a feature: what it keeps, what is due when, and forgetting a person. Put it last, so that it forgets last. */
import { addDays, isoDay } from '../platform/day.ts';
import type { Feature } from '../platform/feature.ts';
import { destroyRetiredGatewayKeys } from '../platform/keys/gateway-keys.ts';
import type { Services } from '../platform/services.ts';
import { destroyDoomedKeys } from './erasure.ts';
import { PEOPLE_KEEPS } from './keeps.ts';
import { deleteExpiredSessions } from './sessions.ts';
import { tellAccesses } from './staff-access.ts';
import { deleteExpiredTokens } from './tokens.ts';
import './provided.ts';
import './tables.ts';

const STAFF_ACCESS_DAYS = 365;

export function createPeopleFeature(
  services: Pick<Services, 'db' | 'keyring' | 'people' | 'clock' | 'log'>,
  /** Of a member of staff, for persons whose data they looked at; null where names are not told. */
  staffName: (staff: string) => Promise<string | null> = async () => null,
): Feature {
  const { db, keyring, people, clock, log } = services;
  return {
    name: 'people',
    accepts: [],
    staffRoutes: [],
    keeps: PEOPLE_KEEPS,
    schedule: [
      {
        name: 'people.destroyDoomedKeys',
        cron: '*/5 * * * *',
        async run() {
          const destroyed = await destroyDoomedKeys(db, keyring);
          if (destroyed > 0) log.info({ destroyed }, 'data keys destroyed');
        },
      },
      {
        name: 'people.forgetExpired',
        cron: '*/15 * * * *',
        async run() {
          await deleteExpiredTokens(db, clock());
          await deleteExpiredSessions(db, clock());
        },
      },
      {
        name: 'people.forgetStaffAccess',
        cron: '35 0 * * *',
        async run() {
          const before = addDays(isoDay(clock()), -STAFF_ACCESS_DAYS);
          const { numDeletedRows } = await db.deleteFrom('staff_access').where('day', '<', before).executeTakeFirst();
          return Number(numDeletedRows);
        },
      },
      {
        name: 'keys.destroyRetired',
        cron: '40 0 * * *',
        async run() {
          const keyIds = await destroyRetiredGatewayKeys({ db, keyring, today: isoDay(clock()) });
          if (keyIds.length > 0) log.info({ keyIds }, 'retired gateway keys destroyed');
        },
      },
    ],
    // Registration, which asked for the fields, tells them.
    tellPerson: async (tx, personId) => ({ accesses: await tellAccesses(tx, personId, staffName) }),
    async forgetPerson(tx, personId) {
      await people.erase(tx, personId, isoDay(clock()));
      return {
        stays: [
          {
            what: 'a keyed hash of the erased record and the day, without any data',
            until: 'every backup from before has expired',
          },
        ],
      };
    },
  };
}
