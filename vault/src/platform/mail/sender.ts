/** Sends what the outbox holds, as soon as it is committed there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../back-off.ts';
import { withoutContents } from '../database-errors.ts';
import { type HeldLock, holdLock } from '../held-lock.ts';
import { createMailStates } from './mail-states.ts';
import { MAIL_CHANNEL } from './outbox.ts';
import { type ClaimedMail, claimMails, moveMails, recoverMails } from './queries.ts';
import { type SendingHouse, sendMail } from './send-mail.ts';

/** `avowmail` in ASCII. */
const LOCK = '7022923227657759084';
/** Mails in hand at once: more than connections, so that none of these waits for the database. */
const IN_HAND = 32;
/** Fetched anew when so few are left: one at a time would be a statement for each. */
const FEW = 12;
/** A safety net under the notification. */
const LOOK_AGAIN_MS = 30_000;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 3_600_000;

export interface MailSender {
  /** Takes no more mails and lets those in hand finish. */
  stop(): Promise<void>;
}

/** `databaseUrl` for a connection of the sender's own. */
export function startMailSender(house: SendingHouse & { databaseUrl: string }): MailSender {
  const { db, log } = house;
  const stopping = new AbortController();
  const giveUp = new AbortController();
  const states = createMailStates(db, giveUp.signal);
  const inHand = new Set<Promise<void>>();
  /** When to try again, by mail: in memory only, because a table with these times would tell when a mail was queued. */
  const resting = new Map<string, number>();
  let wake = new AbortController();

  async function send(mail: ClaimedMail): Promise<void> {
    const rest = () => resting.set(mail.id, Date.now() + backOff(mail.attempts, FIRST_REST_MS, LONGEST_REST_MS));
    try {
      if ((await sendMail(house, mail, states)) === 'again') rest();
    } catch (error) {
      log.error({ mail: mail.id, error: withoutContents(error) }, 'a mail could not be worked on');
      rest();
      // If this fails too, the next sender finds it claimed and queues it again.
      await moveMails(db, [mail.id], 'claimed', 'queued').catch(() => {});
    }
  }

  async function takeSome(): Promise<number> {
    const now = Date.now();
    for (const [id, until] of resting) if (until <= now) resting.delete(id);
    const mails = await claimMails(db, IN_HAND - inHand.size, [...resting.keys()]);
    for (const mail of mails) {
      const sending: Promise<void> = send(mail).finally(() => {
        inHand.delete(sending);
        if (inHand.size <= FEW) wake.abort();
      });
      inHand.add(sending);
    }
    return mails.length;
  }

  async function sendWhileHeld({ lost }: HeldLock): Promise<void> {
    const unknown = await recoverMails(db);
    if (unknown > 0) log.error({ unknown }, 'a sender died while it handed mails over; they are not sent again');
    while (!stopping.signal.aborted && !lost.aborted) {
      wake = new AbortController();
      if (inHand.size <= FEW && (await takeSome()) > 0) continue;
      const nextRest = Math.min(...resting.values()) - Date.now();
      const pause = Math.max(20, Math.min(LOOK_AGAIN_MS, nextRest));
      const signal = AbortSignal.any([wake.signal, stopping.signal, lost]);
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const request = { url: house.databaseUrl, lock: LOCK, channel: MAIL_CHANNEL, name: 'avow mail sender' };
      const lock = await holdLock(request, () => wake.abort(), stopping.signal);
      if (!lock) return;
      try {
        await sendWhileHeld(lock);
        failures = 0;
      } catch (error) {
        failures++;
        log.warn({ error: withoutContents(error) }, 'the mail sender had to begin anew');
      }
      // Before anybody recovers: what is in hand here is not a dead sender's.
      await Promise.all(inHand);
      await lock.release();
      if (failures > 0)
        await sleep(backOff(failures, 50, 5_000), undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      const late = setTimeout(() => giveUp.abort(), 5_000);
      await running;
      clearTimeout(late);
      house.smtp.close();
    },
  };
}
