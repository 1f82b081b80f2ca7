/** The purpose `products`: genuine serials, and who registered them (W3, S1). */
import type { Transaction } from '../people/people.ts';
import { addDays, isoDay } from '../platform/day.ts';
import type { Feature, Kept } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { closeUnansweredHolds } from './answer-hold.ts';
import { createDesk, type Desk } from './desk.ts';
import { forgetRegistrations } from './forget-person.ts';
import { createGenerateJob } from './jobs/generate-job.ts';
import { createImportJob } from './jobs/import-job.ts';
import { findOwner, registrationsOf } from './queries.ts';
import { createSerialRecogniser } from './recognise-serial.ts';
import { toHeldProduct } from './registration-row.ts';
import { productRoutes } from './routes.ts';
import { serialStaffRoutes } from './staff-routes.ts';
import { forgetExpiredTransferCodes } from './transfers.ts';
import '../people/provided.ts';
import './tables.ts';

const ALARM_DAYS = 365;

const FOREVER = { en: 'as long as the product is supported', de: 'solange das Produkt betreut wird' };
const UNTIL_ERASED = { en: 'until you erase it', de: 'bis Sie es löschen' };
const UNTIL_ANSWERED = {
  en: 'until the owner has answered, 30 days at most',
  de: 'bis der Besitzer geantwortet hat, höchstens 30 Tage',
};

const KEEPS: readonly Kept[] = [
  {
    table: 'serial_batches',
    database: 'vault',
    why: 'which runs of serial numbers were made or imported, for which product',
    promises: ['W3', 'S1'],
    keptFor: FOREVER,
    readers: ['support', 'product', 'administrator'],
    shuffled: false,
  },
  {
    table: 'serials',
    database: 'vault',
    why: 'keyed hashes of all genuine serial numbers, to tell them from invented ones',
    promises: ['W3', 'S1'],
    keptFor: FOREVER,
    readers: ['nobody'],
    // Never written after its batch was made: its order tells nothing of who registered when.
    shuffled: false,
  },
  {
    table: 'serial_alarms',
    database: 'vault',
    why: 'how often a day wrong serial numbers are tried; nothing about who tries',
    promises: ['W3'],
    keptFor: { en: 'one year', de: 'ein Jahr' },
    readers: ['support', 'administrator'],
    shuffled: false,
  },
  {
    table: 'product_registrations',
    database: 'vault',
    why: 'who registered which product, with the signed receipt, for service and updates',
    promises: ['W3', 'S1'],
    keptFor: UNTIL_ERASED,
    readers: ['the person', 'support'],
    shuffled: true,
  },
  {
    table: 'serial_holds',
    database: 'vault',
    why: 'second registrations of a serial number about which its owner is being asked',
    promises: ['W3', 'S1'],
    keptFor: UNTIL_ANSWERED,
    readers: ['support'],
    shuffled: true,
  },
  {
    table: 'serial_transfers',
    database: 'vault',
    why: 'keyed hashes of the codes with which owners hand a product on',
    promises: ['W3', 'S1'],
    keptFor: { en: 'until the code is used, 30 days at most', de: 'bis der Code benutzt ist, höchstens 30 Tage' },
    readers: ['nobody'],
    shuffled: true,
  },
];

export interface Products extends Feature {
  desk: Desk;
  /** Who owns a serial, for whoever may look persons up. */
  ownerOf(tx: Transaction, serial: string): Promise<string | null>;
}

/** `desk` is what registration is given to check and claim serials. */
export function createProducts(services: Services): Products {
  const { config, db, keyring, people, clock } = services;
  const recognise = createSerialRecogniser(config, keyring);
  const desk = createDesk(services, recognise);

  return {
    name: 'products',
    desk,
    async ownerOf(tx, text) {
      const serial = await recognise(text);
      return serial.ok ? ((await findOwner(tx, serial.index))?.person_id ?? null) : null;
    },
    accepts: productRoutes(services, desk),
    staffRoutes: serialStaffRoutes(services),
    jobs: [createGenerateJob(services), createImportJob(services)],
    keeps: KEEPS,
    schedule: [
      {
        name: 'products.closeUnansweredHolds',
        cron: '20 3 * * *',
        run: async () => {
          await closeUnansweredHolds(services, isoDay(clock()));
        },
      },
      {
        name: 'products.forgetWhatExpired',
        cron: '25 3 * * *',
        run: async () => {
          const today = isoDay(clock());
          await forgetExpiredTransferCodes(db, today);
          await db.deleteFrom('serial_alarms').where('day', '<', addDays(today, -ALARM_DAYS)).execute();
        },
      },
    ],

    async tellPerson(tx, personId) {
      const { dataKeyId } = await people.get(tx, personId);
      const key = await keyring.dataKey(dataKeyId);
      const rows = await registrationsOf(tx, personId);
      return { products: rows.map((row) => toHeldProduct(config, key, row)) };
    },

    async forgetPerson(tx, personId) {
      await forgetRegistrations(services, tx, personId);
      return { stays: [] };
    },
  };
}
