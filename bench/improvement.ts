/**
 * Many installations over weeks, from their reports to the tables: how near the figures come to the truth, and what somebody who
 * has the whole store can tell of one person. INSTALLATIONS and WEEKS change the play; THROUGH_RELAY=1 sends each report the whole way,
 * sealed, held at the edge and over the link (2 ms of processor time for each), DUMMIES=1 the empty ones with them. `npm run bench:improvement`
 */
import { join } from 'node:path';
import { compare } from '@avow/cli/improvement/simulation/compare';
import { startHouseInTime } from '@avow/cli/improvement/simulation/house-in-time';
import { attack, dumpRows, type LinkageFigures } from '@avow/cli/improvement/simulation/linkage';
import { firstWeek, playWeeks } from '@avow/cli/improvement/simulation/play-weeks';
import { sendThroughRelay, sendToVault } from '@avow/cli/improvement/simulation/send';
import { loadConfig } from '@avow/config/config';
import { weekStart } from '@avow/protocol/improvement/weeks';
import { isoDay } from '@avow/vault/platform/day';
import { recordResult } from './record-result.ts';

const INSTALLATIONS = Number(process.env.INSTALLATIONS ?? 10_000);
const WEEKS = Number(process.env.WEEKS ?? 8);
const THROUGH_RELAY = process.env.THROUGH_RELAY === '1';
/** They are more than half of all, and change neither figures nor links. */
const DUMMIES = process.env.DUMMIES === '1';
const SEED = 8;
/** Of weekly actives. */
const MOST_OFF = 0.01;
/** The attack on a store that keeps what it should not has to succeed. */
const LEAST_CONTROL = 0.1;
/** Better than guessing, as a share of all installations. */
const MOST_LINKED = 0.01;

const config = await loadConfig(join(import.meta.dirname, '..', 'examples', 'vendor', 'avow.config.ts'));
const now = new Date();
const house = await startHouseInTime(config, now);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

try {
  await house.publish();
  const attacks: Record<'all' | 'rare', LinkageFigures[]> = { all: [], rare: [] };
  const began = performance.now();
  const played = await playWeeks({
    house,
    send: THROUGH_RELAY ? sendThroughRelay(house, config.vendor.vaultName) : sendToVault(house),
    installations: INSTALLATIONS,
    weeks: WEEKS,
    seed: SEED,
    first: firstWeek(WEEKS, now),
    dummies: DUMMIES,
    onSent() {},
    async onStored(week, sent) {
      const rows = await dumpRows(house, isoDay(weekStart(week)));
      for (const facet of ['age', 'apps'] as const) {
        for (const among of ['all', 'rare'] as const) attacks[among].push(attack(rows, sent, facet, among));
      }
      process.stderr.write(`${week}: ${sent.length} messages, ${rows.length} rows looked at\n`);
    },
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const { weeks, activesOff, boundsHold } = compare(played, config.improvement?.thresholds.epsilon ?? 1);
  const gain = ({ guess, byOrder, byBatch }: LinkageFigures) => Math.max(byOrder, byBatch) - guess;
  // Those with a rare report are few: one week's luck is no link, all weeks' would be.
  const worst = Math.max(...attacks.all.map(gain), mean(attacks.rare.map(gain)));
  const control = Math.min(...attacks.rare.map(({ guess, inTheOrderOfArrival }) => inTheOrderOfArrival - guess));
  const guessed = mean(attacks.all.map(({ guess }) => guess));
  const summary = `${INSTALLATIONS.toLocaleString('en')} installations over ${WEEKS} weeks ${THROUGH_RELAY ? `through the relay${DUMMIES ? ', dummies included' : ', without the empty messages'}` : 'straight to the vault'}, ${played.messages.toLocaleString('en')} messages in ${seconds} s: installations in use at most ${percent(activesOff)} off the truth (${percent(MOST_OFF)} allowed), bounds over four weeks ${boundsHold ? 'hold' : 'DO NOT HOLD'}; who has the store and one report of somebody says another one right at most ${percent(worst)} more often than by guessing (${percent(guessed)} on average; ${percent(MOST_LINKED)} allowed), and at least ${percent(control)} more often for those with a rare one had the reports been kept as they came (at least ${percent(LEAST_CONTROL)} or the attack is no test)`;
  await recordResult({
    name: THROUGH_RELAY ? 'improvement-relay' : 'improvement',
    summary,
    ratio: Number(activesOff.toFixed(5)),
    figures: {
      installations: INSTALLATIONS,
      weeks: WEEKS,
      messages: played.messages,
      sentTwice: played.sentTwice,
      seconds,
      activesOff: Number(activesOff.toFixed(5)),
      newOff: Math.max(...weeks.map(({ newInstallations: n }) => (n.told === null ? 0 : Math.abs(n.told - n.truth)))),
      versionsOff: Math.max(...weeks.map(({ versionsOff }) => versionsOff)),
      boundsHold: String(boundsHold),
      guessed: Number(guessed.toFixed(4)),
      linkedMoreThanGuessed: Number(worst.toFixed(4)),
      linkedOfRareMoreThanGuessed: Number(mean(attacks.rare.map(gain)).toFixed(4)),
      controlMoreThanGuessed: Number(control.toFixed(4)),
    },
  });
  process.stdout.write(`${summary}\n`);
  process.exitCode = activesOff <= MOST_OFF && boundsHold && worst <= MOST_LINKED && control > LEAST_CONTROL ? 0 : 1;
} finally {
  await house.stop();
}
