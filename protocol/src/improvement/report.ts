/**
 * One report of the Improvement Programme: one facet of one installation and week, with nothing that two reports share. The
 * closed contract of both ends; what is not in this file and in the signed configuration cannot be said (S3).
 */
import { canonicalJson } from '../canonical-json.ts';
import type { Installed } from './installed.ts';
import type { Week } from './weeks.ts';

export const FACETS = ['base', 'age', 'apps', 'starts'] as const;
export type Facet = (typeof FACETS)[number];

/** Families of operating systems. Each has a closed list of major versions in the signed configuration. */
export const OS_FAMILIES = ['windows', 'macos', 'linux', 'other'] as const;
export type OsFamily = (typeof OS_FAMILIES)[number];

/** How often an application was started in the week. */
export const START_BUCKETS = ['0', '1', '2', '3-5', '6-10', '11-20', '21-50', '51-100', '>100'] as const;
export type StartBucket = (typeof START_BUCKETS)[number];

/** Beyond this many installed applications, each is told by a message of its own. */
export const MAX_APPLICATIONS_IN_SET = 12;

/** What stands for a version, an operating system's version or a country that the signed configuration does not list. */
export const OTHER = 'other';

export interface BaseFacet {
  facet: 'base';
  product: string;
  /** `8.1`, from the product's list, or `other`. */
  version: string;
  os: OsFamily;
  /** Major version from the family's list, or `other`. */
  osVersion: string;
  /** ISO 3166 alpha-2 from the signed list of large enough countries, else a sub-region (`regions.ts`), else `other`. */
  country: string;
}

export interface AgeFacet {
  facet: 'age';
  product: string;
  installed: Installed;
}

/** All installed applications, sorted by code unit, each once, up to MAX_APPLICATIONS_IN_SET. */
export interface ApplicationSet {
  facet: 'apps';
  product: string;
  applications: string[];
}

/** One of more than MAX_APPLICATIONS_IN_SET installed applications. */
export interface ApplicationPresence {
  facet: 'apps';
  product: string;
  application: string;
}

export interface StartsFacet {
  facet: 'starts';
  product: string;
  application: string;
  starts: StartBucket;
}

/** Says nothing: it makes the number of messages a week the same for everybody. Opened, answered and forgotten. */
export interface Dummy {
  facet: 'none';
}

export type ReportContent = BaseFacet | AgeFacet | ApplicationSet | ApplicationPresence | StartsFacet | Dummy;

export interface ReportHead {
  /** Version of the field list that the participant agreed to. */
  fieldList: number;
  week: Week;
  /** 128 random bits, base64url; the same again for a retry, and for nothing else. */
  nonce: string;
}

export type Report = ReportHead & ReportContent;

/** The one byte string of a report: what is shown, logged, sealed, and what the vault insists on. */
export function reportBytes(report: Report): Uint8Array<ArrayBuffer> {
  return canonicalJson({ ...report });
}

export function bucketOf(starts: number): StartBucket {
  if (starts <= 0) return '0';
  if (starts === 1) return '1';
  if (starts === 2) return '2';
  if (starts <= 5) return '3-5';
  if (starts <= 10) return '6-10';
  if (starts <= 20) return '11-20';
  if (starts <= 50) return '21-50';
  return starts <= 100 ? '51-100' : '>100';
}

/** How many messages an installation with so many applications needs in a week, dummies not counted. */
export function messagesNeeded(applications: number): number {
  const telling = applications > MAX_APPLICATIONS_IN_SET ? applications : 1;
  return 2 + telling + applications;
}
