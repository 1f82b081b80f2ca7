/** `avow improvement simulate`: many installations in a house of its own, and how near the published figures come to the truth. */
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { ConfigurationNotUsable } from '@avow/vault/improvement/configuration-log';
import { configFile, dataDir } from '../place.ts';
import { remark, say } from '../say.ts';
import { runBar } from '../visits/run-bar.ts';
import { type Comparison, compare } from './simulation/compare.ts';
import { type HouseInTime, startHouseInTime } from './simulation/house-in-time.ts';
import { firstWeek, playWeeks } from './simulation/play-weeks.ts';
import { type Send, sendThroughRelay, sendToVault } from './simulation/send.ts';

export interface SimulateOptions {
  installations: number;
  weeks: number;
  seed: number;
  /** Skips sealing, relay and link. */
  straightToVault?: true;
  /** Stays until Ctrl-C, so that the pages can be looked at. */
  stay?: true;
  json?: true;
}

export async function simulate(options: SimulateOptions): Promise<void> {
  const { installations, weeks, json } = options;
  const config = await loadConfig(await configFile(dataDir()));
  if (!config.improvement) throw new ConfigurationNotUsable('avow.config.ts has no section "improvement"');
  if (!json) {
    remark(`${installations.toLocaleString('en')} invented installations over ${weeks} weeks, in a house of their own`);
    remark('that goes away afterwards. Nothing of it touches your data.');
  }
  const now = new Date();
  const house = await startHouseInTime(config, now);
  try {
    const comparison = await played(house, config, options, now);
    if (json) say(JSON.stringify(comparison));
    else show(comparison);
    if (options.stay) await untilCtrlC(house);
  } finally {
    await house.stop();
  }
}

async function played(
  house: HouseInTime,
  { vendor, improvement }: AvowConfig,
  options: SimulateOptions,
  now: Date,
): Promise<Comparison & { messages: number; sentTwice: number; seconds: number }> {
  const { installations, weeks, seed, straightToVault } = options;
  await house.publish();
  const bar = runBar('messages');
  const send: Send = straightToVault ? sendToVault(house) : sendThroughRelay(house, vendor.vaultName);
  // About four fifths report in a week.
  const expected = installations * weeks * 0.8 * (straightToVault ? 8 : (improvement?.messages ?? 16)) * 1.02;
  let sent = 0;
  const began = performance.now();
  const result = await playWeeks({
    house,
    send,
    installations,
    weeks,
    seed,
    first: firstWeek(weeks, now),
    dummies: !straightToVault,
    onSent(reports) {
      sent += reports;
      bar.update(Math.min(sent, expected), expected, sent);
    },
  }).finally(bar.stop);
  const seconds = (performance.now() - began) / 1000;
  const epsilon = improvement?.thresholds.epsilon ?? 1;
  return { ...compare(result, epsilon), messages: result.messages, sentTwice: result.sentTwice, seconds };
}

type Shown = Awaited<ReturnType<typeof played>>;

function show({ weeks, activesOff, boundsHold, messages, sentTwice, seconds }: Shown): void {
  const number = (value: number | null) => (value === null ? 'hidden' : value.toLocaleString('en')).padStart(9);
  say('');
  say('week            in use             new           in four weeks: at least, truth, at most');
  say('             told     truth     told     truth');
  for (const { week, actives, newInstallations, distinct } of weeks) {
    const four = distinct ? `${number(distinct.atLeast)} ${number(distinct.truth)} ${number(distinct.atMost)}` : '';
    const pairs = [actives.told, actives.truth, newInstallations.told, newInstallations.truth].map(number).join('');
    say(`${week} ${pairs}     ${four}`);
  }
  say('');
  say(
    `${messages.toLocaleString('en')} messages in ${Math.round(seconds)} s, ${sentTwice.toLocaleString('en')} of them sent twice.`,
  );
  say(`Installations in use: at most ${(activesOff * 100).toFixed(2)} % off the truth.`);
  say(boundsHold ? 'Every bound over four weeks holds.' : 'A BOUND OVER FOUR WEEKS DOES NOT HOLD.');
  if (!boundsHold) process.exitCode = 1;
}

async function untilCtrlC({ edge }: HouseInTime): Promise<void> {
  remark(`What is published of it: ${edge.url}/improvement  (Ctrl-C ends it)`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
