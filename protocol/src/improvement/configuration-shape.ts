/** The shape of a signed configuration, field by field: nothing missing, nothing more, nothing twice. */
import type { SignedConfiguration } from './configuration.ts';
import { FACETS, messagesNeeded } from './report.ts';

type Check = (value: unknown) => boolean;

const IDENTIFIER = /^[a-z][a-z0-9-]{0,39}$/;
const VERSION = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/;
const OS_VERSION = /^[1-9]\d{0,3}$/;
const COUNTRY = /^[A-Z]{2}$/;
const MAX_LIST = 2_000;

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= longest;

const integer =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

const number =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;

/** Exactly these fields. */
function record(fields: Record<string, Check>): Check {
  const names = Object.keys(fields).sort().join();
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    const given = entries.map(([name]) => name).sort();
    return given.join() === names && entries.every(([name, inner]) => fields[name]?.(inner) ?? false);
  };
}

/** `identity` tells what may be in the list only once. */
function list(item: Check, least: number, identity: (value: unknown) => unknown = (value) => value): Check {
  return (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= MAX_LIST &&
    value.every(item) &&
    new Set(value.map(identity)).size === value.length;
}

const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? value.id : value);

const perLanguage = record({ en: text(1_000), de: text(1_000) });

const configuration = record({
  version: integer(1, 1_000_000),
  previous: (value) => value === '' || matches(/^[\w-]{43}$/)(value),
  created: matches(/^\d{4}-\d{2}-\d{2}$/),
  fieldList: integer(1, 1_000_000),
  charts: list(
    record({
      id: matches(IDENTIFIER),
      facet: (value) => FACETS.some((facet) => facet === value),
      title: perLanguage,
      why: perLanguage,
    }),
    0,
    idOf,
  ),
  products: list(
    record({
      id: matches(IDENTIFIER),
      name: text(200),
      versions: list(matches(VERSION), 0),
      applications: list(record({ id: matches(IDENTIFIER), name: text(200) }), 0, idOf),
    }),
    1,
    idOf,
  ),
  osVersions: record({
    windows: list(matches(OS_VERSION), 0),
    macos: list(matches(OS_VERSION), 0),
    linux: list(matches(OS_VERSION), 0),
  }),
  countries: list(matches(COUNTRY), 0),
  schedule: record({ messages: integer(3, 1_000), windowHours: integer(24, 168), keepWeeks: integer(1, 4) }),
  // Below these the noise would no longer hide whether somebody is in a cell at all.
  thresholds: record({ public: integer(50, 100_000), operator: integer(10, 100_000), epsilon: number(0.01, 2) }),
  signature: matches(/^[\w-]{86}$/),
});

/** Takes anything. Also holds the rules between fields. */
export function hasConfigurationShape(value: unknown): value is SignedConfiguration {
  if (!configuration(value)) return false;
  const { version, previous, products, schedule, thresholds, countries } = value as SignedConfiguration;
  return (
    (previous === '') === (version === 1) &&
    // Otherwise the number of messages would tell how many applications are installed.
    products.every(({ applications }) => messagesNeeded(applications.length) <= schedule.messages) &&
    thresholds.public >= thresholds.operator &&
    countries.join() === [...countries].sort().join()
  );
}
