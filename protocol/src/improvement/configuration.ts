/**
 * The signed configuration of the Improvement Programme: every value a report may carry, each facet's charts with the reason
 * for them, the schedule, and the thresholds of what is published. Signed by the vendor's offline root key; every version ever
 * in force stands in a public log, like key sets.
 */
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import { canonicalJson, signedBytes } from '../canonical-json.ts';
import { verifyEd25519 } from '../ed25519.ts';
import { hasConfigurationShape } from './configuration-shape.ts';
import type { Facet, OsFamily } from './report.ts';

/** A sentence for people, in each language. */
export interface PerLanguage {
  en: string;
  de: string;
}

/** A facet is sent only as long as a chart needs it. */
export interface Chart {
  id: string;
  facet: Facet;
  title: PerLanguage;
  /** What the vendor decides by it. */
  why: PerLanguage;
}

export interface Product {
  id: string;
  name: string;
  /** `major.minor`; any other is reported as `other`. */
  versions: string[];
  applications: { id: string; name: string }[];
}

/** What the root key vouches for: everything but its place in the log. */
export interface ConfigurationContent {
  charts: Chart[];
  products: Product[];
  /** Major versions of each family that are told; any other is `other`. */
  osVersions: Record<Exclude<OsFamily, 'other'>, string[]>;
  /** Countries large enough to be named (ISO 3166 alpha-2), sorted. */
  countries: string[];
  schedule: {
    /** Messages of an installation each week, dummies included. */
    messages: number;
    /** After the week's end, each message leaves at its own random time within so many hours. */
    windowHours: number;
    /** An unsent message is dropped after so many weeks. */
    keepWeeks: number;
  };
  thresholds: {
    /** No published cell stands for fewer than this many installations. */
    public: number;
    /** The same for the vendor's own staff. */
    operator: number;
    /** Privacy budget of the noise: per facet cell and week. */
    epsilon: number;
  };
}

export interface SignedConfiguration extends ConfigurationContent {
  /** 1, 2, 3 and so on. */
  version: number;
  /** SHA-256 of the previous configuration, base64url; empty for the first. */
  previous: string;
  /** ISO date. */
  created: string;
  /** Rises when more is told than before: whoever agreed to a lower one has not agreed to this. */
  fieldList: number;
  /** Ed25519 by the root key, base64url. */
  signature: string;
}

/** What `GET /improvement/config.json` answers: the configuration in force, and every one ever published, oldest first. */
export interface PublishedConfigurations {
  current: SignedConfiguration;
  log: SignedConfiguration[];
}

/** What the root key signs. */
export function configurationBytes(configuration: Omit<SignedConfiguration, 'signature'>): Uint8Array<ArrayBuffer> {
  const { version, previous, created, fieldList, charts, products, osVersions, countries, schedule, thresholds } =
    configuration;
  const content = { charts, products, osVersions, countries, schedule, thresholds };
  return signedBytes('avow/improvement-configuration/1', {
    version,
    previous,
    created,
    fieldList,
    // Interfaces have no index signature, which is all that keeps them from being JSON values.
    content: JSON.parse(JSON.stringify(content)),
  });
}

/** SHA-256 of the whole configuration with its signature, base64url: the `previous` of the next one. */
export async function configurationHash(configuration: SignedConfiguration): Promise<string> {
  const json = canonicalJson(JSON.parse(JSON.stringify(configuration)));
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', json)));
}

/**
 * Whether this is a well-formed configuration signed by `root` (32 raw bytes). Takes anything that came over a wire; an unknown
 * field anywhere makes it invalid, so that nothing rides along under the signature.
 */
export async function isSignedConfiguration(value: unknown, root: Uint8Array): Promise<boolean> {
  if (!hasConfigurationShape(value)) return false;
  const signature = decodeBase64url(value.signature);
  return signature !== null && verifyEd25519(root, signature, configurationBytes(value));
}

/**
 * The configurations if each is signed, they number 1, 2, 3 … without a gap, each names the hash of the one before, and no
 * field list falls. Else null.
 */
export async function verifyConfigurationLog(
  values: readonly unknown[],
  root: Uint8Array,
): Promise<SignedConfiguration[] | null> {
  const log: SignedConfiguration[] = [];
  for (const value of values) {
    if (!hasConfigurationShape(value) || !(await isSignedConfiguration(value, root))) return null;
    const before = log.at(-1);
    if (value.version !== log.length + 1 || value.fieldList < (before?.fieldList ?? 1)) return null;
    if (value.previous !== (before ? await configurationHash(before) : '')) return null;
    log.push(value);
  }
  return log;
}

/** The configuration in force of `/improvement/config.json`, if its log is whole and ends with it; else null. Takes anything. */
export async function verifyPublishedConfigurations(
  published: unknown,
  root: Uint8Array,
): Promise<SignedConfiguration | null> {
  if (typeof published !== 'object' || published === null) return null;
  const { current, log } = published as Partial<Record<keyof PublishedConfigurations, unknown>>;
  if (!hasConfigurationShape(current) || !Array.isArray(log)) return null;
  const last = (await verifyConfigurationLog(log, root))?.at(-1);
  return last && (await configurationHash(last)) === (await configurationHash(current)) ? last : null;
}
