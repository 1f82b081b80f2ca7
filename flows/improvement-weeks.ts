/** Finished weeks of the Improvement Programme in a running house: counts of invented installations, made into tables as the vault makes them. */
import { loadConfig } from '@avow/config/config';
import { START_BUCKETS } from '@avow/protocol/improvement/report';
import { addWeeks, type Week, weekOf, weekStart } from '@avow/protocol/improvement/weeks';
import { configuredContent } from '@avow/vault/improvement/configured-content';
import { ROUNDED_TO, rulesOf } from '@avow/vault/improvement/finish-weeks';
import { makeTables } from '@avow/vault/improvement/make-tables';
import { drawNoise } from '@avow/vault/improvement/noise';
import { type WeekCounts, withNoise } from '@avow/vault/improvement/week-counts';
import { openVaultDatabase } from '@avow/vault/platform/database';
import { seeded } from '@avow/vault/visits/test-traffic';
import { CONFIG, type TestHouse } from './house.ts';

const cells = (total: number, parts: Record<string, number>): Map<string, number> =>
  new Map(Object.entries(parts).map(([label, share]) => [label, Math.round(total * share)]));

const RANGE = 2 ** 31;

/** More installations every week; version 8.1 takes over; one country and one version too small to be told. */
function countsOf(week: Week, at: number): WeekCounts {
  const actives = 2_000 + at * 90;
  const newer = Math.min(0.7, 0.1 + at * 0.05);
  const applications = ['control-center', 'disc', 'photo', 'sound', 'video', 'backup'];
  const monday = weekStart(week);
  const month = (back: number) => new Date(Date.UTC(monday.getUTCFullYear(), monday.getUTCMonth() - back, 15));
  const cohorts: Record<string, number> = { '2025': 0.2, '2024': 0.1 };
  for (let back = 0; back < 4; back++) cohorts[addWeeks(week, -back)] = 0.03;
  for (let back = 2; back < 9; back++) cohorts[month(back).toISOString().slice(0, 7)] = 0.08;
  return {
    actives,
    newInstallations: Math.round(actives * 0.06),
    cohorts: cells(actives, cohorts),
    versions: cells(actives, { '8.1': newer, '8.0': 0.85 - newer, '7.5': 0.12, other: 0.03 }),
    systems: cells(actives, { windows: 0.765, macos: 0.17, linux: 0.06, other: 0.005 }),
    systemVersions: new Map([
      ['windows', cells(actives, { '11': 0.52, '10': 0.24 })],
      ['macos', cells(actives, { '26': 0.09, '15': 0.08 })],
    ]),
    countries: cells(actives, {
      DE: 0.46,
      US: 0.14,
      FR: 0.1,
      AT: 0.08,
      GB: 0.08,
      CH: 0.06,
      'southern-europe': 0.05,
      JP: 0.004,
    }),
    applications: cells(actives, Object.fromEntries(applications.map((id, index) => [id, 1 - index * 0.12]))),
    combinations: cells(actives, {
      'control-center+disc+photo': 0.4,
      'control-center+disc': 0.3,
      'control-center': 0.28,
    }),
    starts: new Map(
      applications.map((id, index) => {
        const of = actives * (1 - index * 0.12);
        const shares = START_BUCKETS.map((bucket, step) => [
          bucket,
          Math.max(0.02, 0.2 - Math.abs(step - index) * 0.04),
        ]);
        const sum = shares.reduce((all, [, share]) => all + Number(share), 0);
        return [id, cells(of, Object.fromEntries(shares.map(([bucket, share]) => [bucket, Number(share) / sum])))];
      }),
    ),
  };
}

/** The last finished ones, as many as are wanted; in the last of them, reports jumped. */
export async function addFinishedWeeks(house: TestHouse, count: number): Promise<Week[]> {
  const content = configuredContent(await loadConfig(CONFIG));
  if (!content) throw new Error('the example has no Improvement Programme');
  const rules = rulesOf(content.thresholds);
  const db = openVaultDatabase(house.engines.urls.vaultDatabase ?? '', 1);
  const last = addWeeks(weekOf(new Date()), -5);
  // The same noise in each run: else it would lift the country that is too small over the threshold, now and then.
  const draw = seeded(8);
  const weeks = Array.from({ length: count }, (_, at) => addWeeks(last, at - count + 1));
  try {
    for (const [at, week] of weeks.entries()) {
      const counts = withNoise(countsOf(week, at), () =>
        drawNoise(content.thresholds.epsilon, () => (draw(RANGE) + 1) / RANGE),
      );
      const monday = weekStart(week).toISOString().slice(0, 10);
      await db.insertInto('improvement_weeks').values({ week: monday, made: monday, destroyed: true }).execute();
      for (const audience of Object.keys(ROUNDED_TO) as (keyof typeof ROUNDED_TO)[]) {
        const tables = makeTables(counts, { product: 'nordlicht-suite', week, rule: rules[audience] });
        await db
          .insertInto('improvement_tables')
          .values({ week: monday, product: tables.product, audience, tables: JSON.stringify(tables) })
          .execute();
      }
    }
    const monday = weekStart(last).toISOString().slice(0, 10);
    await db
      .insertInto('improvement_alarms')
      .values({
        week: monday,
        product: 'nordlicht-suite',
        facet: 'starts photo',
        seen: 40,
        usual: 1_200,
        raised: monday,
      })
      .execute();
  } finally {
    await db.destroy();
  }
  return weeks;
}
