/**
 * Whether bytes are a report that the signed configuration allows, in a week that is still open. Everything else is refused
 * with a reason from the closed list; there is no other way into the store.
 */
import type { RefusalCode } from '../refusals.ts';
import type { ConfigurationContent, Product, SignedConfiguration } from './configuration.ts';
import { isInstalled } from './installed.ts';
import { isSubRegion } from './regions.ts';
import {
  type Facet,
  MAX_APPLICATIONS_IN_SET,
  OS_FAMILIES,
  type OsFamily,
  OTHER,
  type Report,
  reportBytes,
  START_BUCKETS,
} from './report.ts';
import { findWeekStart, type Week, weeksBetween } from './weeks.ts';

/** Reports about the last complete week and the four before it, seen from the running one, are still taken. */
export const OPEN_WEEKS = 5;

type Fields = Record<string, unknown>;
type Lists = Pick<ConfigurationContent, 'charts' | 'products' | 'osVersions' | 'countries'>;

const HEAD = ['facet', 'fieldList', 'nonce', 'week'];
const NONCE = /^[\w-]{21}[AQgw]$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const hasFields = (fields: Fields, ...names: string[]) =>
  Object.keys(fields).sort().join() === [...HEAD, ...names].sort().join();

function knowsApplication(product: Product, value: unknown): boolean {
  return product.applications.some(({ id }) => id === value);
}

function knowsOsVersion({ osVersions }: Lists, os: unknown, version: unknown): boolean {
  if (!OS_FAMILIES.some((family) => family === os)) return false;
  return version === OTHER || (os !== OTHER && osVersions[os as Exclude<OsFamily, 'other'>].some((v) => v === version));
}

function isBase(fields: Fields, lists: Lists, product: Product): boolean {
  const { version, os, osVersion, country } = fields;
  return (
    hasFields(fields, 'product', 'version', 'os', 'osVersion', 'country') &&
    (version === OTHER || product.versions.some((known) => known === version)) &&
    knowsOsVersion(lists, os, osVersion) &&
    isText(country) &&
    (country === OTHER || isSubRegion(country) || lists.countries.includes(country))
  );
}

function isApps(fields: Fields, _lists: Lists, product: Product): boolean {
  if ('application' in fields) {
    return (
      hasFields(fields, 'product', 'application') &&
      // Only where there can be so many does one message each make sense.
      product.applications.length > MAX_APPLICATIONS_IN_SET &&
      knowsApplication(product, fields.application)
    );
  }
  const { applications } = fields;
  return (
    hasFields(fields, 'product', 'applications') &&
    Array.isArray(applications) &&
    applications.length <= MAX_APPLICATIONS_IN_SET &&
    applications.every((id, at) => knowsApplication(product, id) && (at === 0 || applications[at - 1] < id))
  );
}

const CONTENTS: Record<Facet, (fields: Fields, lists: Lists, product: Product, week: Week) => boolean> = {
  base: isBase,
  age: (fields, _lists, _product, week) =>
    hasFields(fields, 'product', 'installed') && isText(fields.installed) && isInstalled(fields.installed, week),
  apps: isApps,
  starts: (fields, _lists, product) =>
    hasFields(fields, 'product', 'application', 'starts') &&
    knowsApplication(product, fields.application) &&
    START_BUCKETS.some((bucket) => bucket === fields.starts),
};

function isListed(fields: Fields, lists: Lists, week: Week): boolean {
  if (fields.facet === 'none') return hasFields(fields);
  const wanted = lists.charts.find(({ facet }) => facet === fields.facet)?.facet;
  const product = lists.products.find(({ id }) => id === fields.product);
  return wanted !== undefined && product !== undefined && CONTENTS[wanted](fields, lists, product, week);
}

function readFields(bytes: Uint8Array): Fields | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** There are many ways to write the same JSON, and each could carry something: only one is taken. */
function isCanonical(report: Report, bytes: Uint8Array): boolean {
  const canonical = reportBytes(report);
  return canonical.length === bytes.length && canonical.every((byte, at) => byte === bytes[at]);
}

export interface ReportRefused {
  refused: Extract<RefusalCode, 'malformed' | 'report_not_listed' | 'report_week_closed' | 'field_list_unknown'>;
}

/**
 * Reads the body of one report. `log`: every configuration ever in force, oldest first; a report is checked against those of the
 * field list it names, as one may have waited on a machine while a newer configuration came. `now`: the running week.
 */
export function checkReport(bytes: Uint8Array, log: readonly SignedConfiguration[], now: Week): Report | ReportRefused {
  const fields = readFields(bytes);
  if (fields === null) return { refused: 'malformed' };
  const { fieldList, week, nonce } = fields;
  const configurations = log.filter((configuration) => configuration.fieldList === fieldList);
  if (configurations.length === 0) return { refused: 'field_list_unknown' };
  if (!isText(nonce) || !NONCE.test(nonce)) return { refused: 'report_not_listed' };
  if (!isText(week) || findWeekStart(week) === null) return { refused: 'report_week_closed' };
  const age = weeksBetween(week, now);
  if (age < 1 || age > OPEN_WEEKS) return { refused: 'report_week_closed' };
  if (!configurations.some((lists) => isListed(fields, lists, week))) return { refused: 'report_not_listed' };
  // Every field has been checked against a closed list just now, so the value has the type.
  const report = fields as unknown as Report;
  return isCanonical(report, bytes) ? report : { refused: 'malformed' };
}
