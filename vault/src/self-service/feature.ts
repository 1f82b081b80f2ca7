/** Self-service, W8: signing in by mail, seeing everything, correcting it, and somebody to write to. */
import { isoDay } from '../platform/day.ts';
import type { Feature, Kept } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { UNDO_DAYS } from './change-email.ts';
import { findRequests, forgetOldRequests, forgetRequestsOf, REQUEST_DAYS } from './correction-requests.ts';
import { findProposal, forgetEmailChangesOf, forgetLapsed } from './proposals.ts';
import { createRequestsDesk, type RequestsDesk } from './requests-desk.ts';
import { selfServiceRoutes } from './routes.ts';
import { createEmailDesk, type EmailDesk, STAFF_PROPOSAL_DAYS } from './staff-proposals.ts';

const KEEPS: readonly Kept[] = [
  {
    table: 'email_proposals',
    database: 'vault',
    why: 'A new e-mail address until it is proven, encrypted with the person’s key.',
    promises: ['W8', 'U5'],
    keptFor: {
      en: `until it is proven, two days at most; ${STAFF_PROPOSAL_DAYS} days where staff proposed it`,
      de: `bis sie bestätigt ist, höchstens zwei Tage; ${STAFF_PROPOSAL_DAYS} Tage, wenn wir sie vorgeschlagen haben`,
    },
    readers: ['the person', 'support'],
    shuffled: true,
  },
  {
    table: 'email_undos',
    database: 'vault',
    why: 'The address before a change, so that its owner can undo it, encrypted with the person’s key.',
    promises: ['W8'],
    keptFor: { en: `${UNDO_DAYS} days`, de: `${UNDO_DAYS} Tage` },
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'correction_requests',
    database: 'vault',
    why: 'Corrections asked of staff that the system did not accept, encrypted with the person’s key.',
    promises: ['W8', 'U5'],
    keptFor: { en: `${REQUEST_DAYS} days`, de: `${REQUEST_DAYS} Tage` },
    readers: ['the person', 'support'],
    shuffled: true,
  },
];

/** `features` is the whole list, this one included: called when somebody asks, not before. */
export function createSelfService(
  services: Services,
  { features }: { features: () => readonly Feature[] },
): Feature & { requests: RequestsDesk; emails: EmailDesk } {
  const { db, keyring, people, clock } = services;
  return {
    name: 'self-service',
    requests: createRequestsDesk(keyring),
    emails: createEmailDesk(services),
    accepts: selfServiceRoutes(services, features),
    staffRoutes: [],
    keeps: KEEPS,
    schedule: [
      {
        name: 'selfService.forgetLapsed',
        cron: '20 0 * * *',
        async run() {
          const today = isoDay(clock());
          await db.transaction().execute(async (tx) => {
            await forgetLapsed(tx, today, { undoDays: UNDO_DAYS });
            await forgetOldRequests(tx, today);
          });
        },
      },
    ],
    async tellPerson(tx, personId) {
      const person = await people.get(tx, personId);
      return {
        proposedEmail: await findProposal(tx, keyring, person, isoDay(clock())),
        requests: await findRequests(tx, keyring, person),
      };
    },
    async forgetPerson(tx, personId) {
      await forgetEmailChangesOf(tx, personId);
      await forgetRequestsOf(tx, personId);
      return { stays: [] };
    },
  };
}
