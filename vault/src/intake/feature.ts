/** Receiving sealed requests: what has to be remembered so that nothing is lost, replayed or carried out twice. */
import type { VaultDatabase } from '../platform/database.ts';
import { addDays, isoDay } from '../platform/day.ts';
import type { Feature, Kept } from '../platform/feature.ts';
import type { ActOnce } from './carried-out-requests.ts';
import type { Receive } from './receive.ts';
import { forgetReceived } from './received-requests.ts';
import { forgetSetAside, setAsideRequests, takeBack } from './set-aside-requests.ts';

/** As long as a gateway key lives after its rotation: until then an old sealed request can be opened, hence replayed. */
const REMEMBERED_DAYS = 35;

const KEEPS: readonly Kept[] = [
  {
    table: 'received_requests',
    database: 'vault',
    why: 'To refuse a sealed request that is sent a second time, and to answer again when an answer was lost on the way.',
    promises: ['W7'],
    keptFor: { en: '5 weeks; the sealed answer one day', de: '5 Wochen; die versiegelte Antwort einen Tag' },
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'carried_out_requests',
    database: 'vault',
    why: 'To carry out a request once that was sealed and sent again because its answer did not arrive.',
    promises: ['W1', 'S1'],
    keptFor: { en: '5 weeks', de: '5 Wochen' },
    readers: ['nobody'],
    shuffled: true,
  },
  {
    table: 'set_aside_requests',
    database: 'vault',
    why: 'To carry out an accepted request later that a mistake of the software kept us from carrying out. Still sealed.',
    promises: ['W1', 'S1'],
    keptFor: { en: 'until it is carried out, 5 weeks at most', de: 'bis sie ausgeführt ist, höchstens 5 Wochen' },
    readers: ['nobody'],
    shuffled: true,
  },
];

export interface IntakeOptions {
  db: VaultDatabase;
  clock: () => Date;
  actOnce: ActOnce;
  receive: Receive;
}

/** Tries what was set aside; what succeeds, or is by now refused, is done. */
export async function retrySetAside({ db, receive }: IntakeOptions): Promise<void> {
  for (const { id, body } of await setAsideRequests(db)) {
    const received = await receive({ id, body, awaited: false }, AbortSignal.timeout(60_000));
    if (received?.outcome === 'done') await takeBack(db, id);
  }
}

export function createIntake(options: IntakeOptions): Feature {
  const { db, clock, actOnce } = options;
  return {
    name: 'intake',
    accepts: [],
    staffRoutes: [],
    keeps: KEEPS,
    schedule: [
      {
        name: 'intake.forget',
        cron: '10 0 * * *',
        async run() {
          const today = isoDay(clock());
          const before = addDays(today, -REMEMBERED_DAYS);
          await forgetReceived(db, today, before);
          await actOnce.forgetBefore(db, before);
          await forgetSetAside(db, before);
        },
      },
      { name: 'intake.retrySetAside', cron: '20 * * * *', run: () => retrySetAside(options) },
    ],
    // Nothing here can be found by person: marks are hashes, and answers are told apart by keys that only the requester has.
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
  };
}
