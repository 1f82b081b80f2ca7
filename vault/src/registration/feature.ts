/** Registration, W3 and S1: asked openly, confirmed by mail, kept until erased. */
import { z } from 'zod';
import { forgetMailAllowances } from '../people/mail-allowance.ts';
import { isoDay } from '../platform/day.ts';
import { type Feature, type Kept, sealedHandler } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { confirm } from './confirm.ts';
import { forgetPendingOf, forgetUnconfirmed } from './pending.ts';
import { personRegistration, productRegistration } from './schemas.ts';
import type { SerialDesk } from './serial-desk.ts';
import { sendPutOffMails, submit } from './submit.ts';
import { tellRegistration } from './tell.ts';

function keeps(unconfirmedDays: number): readonly Kept[] {
  return [
    {
      table: 'pending_registrations',
      database: 'vault',
      why: 'Registrations whose e-mail address is not confirmed yet, encrypted, each with a key of its own.',
      promises: ['W1', 'W3', 'S1'],
      keptFor: {
        en: `${unconfirmedDays} days when not confirmed`,
        de: `${unconfirmedDays} Tage, wenn nicht bestätigt`,
      },
      readers: ['nobody'],
      shuffled: true,
    },
    {
      table: 'mail_allowances',
      database: 'vault',
      why: 'How many mails an address was made to get today, by keyed hash, so that nobody can flood a mailbox through us.',
      promises: ['W1'],
      keptFor: { en: 'the day', de: 'den Tag' },
      readers: ['nobody'],
      shuffled: false,
    },
  ];
}

export function createRegistration(services: Services, { serialDesk }: { serialDesk: SerialDesk }): Feature {
  const { db, keyring, people, config } = services;
  const { unconfirmedDays } = config.retention;
  const today = () => isoDay(services.clock());
  return {
    name: 'registration',
    accepts: [
      sealedHandler('POST /registrations', personRegistration, (form, context) =>
        submit(services, serialDesk, { kind: 'person', form }, context),
      ),
      sealedHandler('POST /product-registrations', productRegistration, (form, context) =>
        submit(services, serialDesk, { kind: 'product', form }, context),
      ),
      sealedHandler('POST /confirmations', z.strictObject({ token: z.string().max(200) }), ({ token }, context) =>
        confirm(services, serialDesk, token, context),
      ),
    ],
    staffRoutes: [],
    keeps: keeps(unconfirmedDays),
    schedule: [
      {
        name: 'registration.forgetUnconfirmed',
        cron: '15 0 * * *',
        async run() {
          return db.transaction().execute(async (tx) => {
            await forgetMailAllowances(tx, today());
            return forgetUnconfirmed(tx, today(), unconfirmedDays);
          });
        },
      },
      {
        name: 'registration.sendPutOffMails',
        cron: '25 * * * *',
        run: () => db.transaction().execute((tx) => sendPutOffMails(services, tx, today())),
      },
    ],
    tellPerson: (tx, personId) => tellRegistration(people, tx, personId),
    async forgetPerson(tx, personId) {
      const { email } = (await people.get(tx, personId)).fields;
      if (email) await forgetPendingOf(tx, keyring, email.value);
      return { stays: [] };
    },
  };
}
