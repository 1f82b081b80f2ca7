/** Invented installations, the same for the same seed, and what they do in a week. */
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { addWeeks, type Week, weekStart } from '@avow/protocol/improvement/weeks';
import type { SuiteManifest } from '@avow/sdk/manifest';
import type { MachineFacts } from '@avow/sdk/reporting/facts';
import type { WeekFacts } from '@avow/sdk/reporting/week-reports';
import { createRandom, type Random, seedOf } from '../../demo/random.ts';

export interface Installation {
  number: number;
  manifest: SuiteManifest;
  machine: MachineFacts;
  /** How likely it reports in a week. */
  faithful: number;
  /** Starts a week of each installed application, on average. */
  habits: ReadonlyMap<number, number>;
}

const DAY_MS = 86_400_000;

/** Countries, systems and versions with their weights; the last ones of each are not on the vendor's list. */
const COUNTRIES = [
  ['DE', 40],
  ['US', 14],
  ['FR', 9],
  ['GB', 8],
  ['AT', 7],
  ['CH', 6],
  ['IT', 4],
  ['BE', 3],
  ['BR', 2],
  ['JP', 2],
  ['ES', 2],
  ['NL', 2],
  ['PL', 2],
  ['SE', 1],
  ['CZ', 1],
  ['PT', 0.5],
  ['AU', 0.5],
  ['IN', 0.5],
  ['TR', 0.3],
  ['ZA', 0.2],
  ['KZ', 0.05],
  ['EG', 0.05],
  ['FJ', 0.02],
  ['YE', 0.02],
  ['', 1],
] as const;
const SYSTEMS: readonly (readonly [Omit<MachineFacts, 'country'>, number])[] = [
  [{ family: 'windows', osVersion: '11' }, 52],
  [{ family: 'windows', osVersion: '10' }, 24],
  [{ family: 'macos', osVersion: '26' }, 9],
  [{ family: 'macos', osVersion: '15' }, 8],
  [{ family: 'linux', osVersion: '6' }, 5],
  [{ family: 'windows', osVersion: '7' }, 0.3],
  [{ family: 'other', osVersion: '14' }, 0.1],
];
/** Days before the first week in which an installation was made. */
const AGES = [
  [30, 1],
  [120, 2],
  [400, 3],
  [1_200, 4],
] as const;

function installationOf(
  number: number,
  seed: number,
  first: Week,
  weeks: number,
  configuration: SignedConfiguration,
): Installation {
  const random = createRandom(seedOf(seed, 'installation', number));
  const product = configuration.products[0];
  if (!product) throw new Error('the configuration has no product');
  const applications = product.applications.map(({ id, name }, at) => ({ id, name, number: at + 1 }));
  // Sold in editions, and a few who chose for themselves.
  const edition = applications.slice(
    0,
    random.weighted([
      [applications.length, 5],
      [4, 3],
      [2, 2],
    ]),
  );
  const installed = random.chance(0.05) ? edition.filter(() => random.chance(0.7)) : edition;
  // A tenth is installed while the play goes on.
  const before = random.chance(0.1) ? -random.whole(weeks * 7) : random.whole(random.weighted(AGES));
  const installedAt = new Date(weekStart(first).getTime() - before * DAY_MS + random.whole(DAY_MS));
  return {
    number,
    manifest: {
      suite: product.id,
      name: product.name,
      version: random.weighted(product.versions.map((version, at) => [version, 4 ** at] as const)),
      edge: 'http://localhost',
      vaultName: '',
      rootPublicKey: '',
      receiptPublicKey: '',
      statementVersion: 1,
      applications,
      installed: installed.map(({ id }) => id),
      installedAt: installedAt.toISOString(),
      configuration,
    },
    machine: { ...random.weighted(SYSTEMS), country: random.weighted(COUNTRIES) },
    faithful: random.chance(0.7) ? 0.97 : 0.4,
    habits: new Map(installed.map(({ number }, at) => [number, random.around(6 / (at + 1), 1)])),
  };
}

export function createPopulation(options: {
  installations: number;
  weeks: number;
  seed: number;
  first: Week;
  configuration: SignedConfiguration;
}): Installation[] {
  const { installations, weeks, seed, first, configuration } = options;
  return Array.from({ length: installations }, (_, number) =>
    installationOf(number, seed, first, weeks, configuration),
  );
}

/** Null: it does not report about this week: not switched on, not installed yet, or not in time. */
export function factsOfWeek(
  { number, manifest, machine, faithful, habits }: Installation,
  week: Week,
  seed: number,
): WeekFacts | null {
  const random: Random = createRandom(seedOf(seed, 'week', week, number));
  if (new Date(manifest.installedAt) >= weekStart(addWeeks(week, 1)) || !random.chance(faithful)) return null;
  const starts = new Map([...habits].map(([application, mean]) => [application, Math.floor(random.around(mean, 0.8))]));
  return { week, machine, starts };
}
