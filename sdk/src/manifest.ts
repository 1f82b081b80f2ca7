/** What the vendor's installer writes beside the suite: who made it, what is installed, and the keys that are believed. */
import { readFileSync } from 'node:fs';
import { decodeBase64url } from '@avow/protocol/base64url';
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { hasConfigurationShape } from '@avow/protocol/improvement/configuration-shape';

export interface Application {
  id: string;
  name: string;
  /** 0 to 65535, the same in every version of the suite: what native programs write into the start counter. */
  number: number;
}

export interface SuiteManifest {
  /** Id of the suite in the vendor's configuration, `nordlicht-suite`. */
  suite: string;
  name: string;
  /** `major.minor`. */
  version: string;
  /** Public address of the edge, without a slash at the end. */
  edge: string;
  /** The vault's name: authority of every sealed request. */
  vaultName: string;
  /** The vendor's root key, pinned: 32 raw bytes, base64url. Nothing is sealed to a key that it did not sign. */
  rootPublicKey: string;
  /** Verifies receipts without a network: 32 raw bytes, base64url. */
  receiptPublicKey: string;
  /** Of the privacy statement that the installer showed. */
  statementVersion: number;
  /** The vendor's internal versions (S1). */
  discVersion?: string;
  softwareVersion?: string;
  /** Serials sold before the platform: a regular expression (whole match). */
  legacySerialPattern?: string;
  applications: Application[];
  /** Ids of the applications that were installed. */
  installed: string[];
  /** ISO date and time. Stays on this machine; reports tell it rounded. */
  installedAt: string;
  /** The signed configuration of the Improvement Programme as it was when the suite was built. */
  configuration: SignedConfiguration;
}

/** The manifest is not usable; the message says what is wrong with it. */
export class ManifestProblem extends Error {}

const ID = /^[a-z][a-z0-9-]{0,39}$/;
const isKey = (text: unknown) => typeof text === 'string' && decodeBase64url(text)?.length === 32;

function isAddress(text: unknown): boolean {
  return (
    typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/\/$/.test(text)
  );
}

function isApplication(value: unknown): value is Application {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, number } = value as Partial<Record<keyof Application, unknown>>;
  const isNumber = typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 0xffff;
  return typeof id === 'string' && ID.test(id) && typeof name === 'string' && isNumber;
}

const isOptionalText = (value: unknown) => value === undefined || typeof value === 'string';

function isPattern(value: unknown): boolean {
  try {
    return value === undefined || (typeof value === 'string' && new RegExp(value) instanceof RegExp);
  } catch {
    return false;
  }
}

const CHECKS: { [F in keyof SuiteManifest]-?: (value: unknown) => boolean } = {
  suite: (value) => typeof value === 'string' && ID.test(value),
  name: (value) => typeof value === 'string' && value !== '',
  version: (value) => typeof value === 'string' && /^\d+\.\d+$/.test(value),
  edge: isAddress,
  vaultName: (value) => typeof value === 'string' && value !== '',
  rootPublicKey: isKey,
  receiptPublicKey: isKey,
  statementVersion: (value) => typeof value === 'number' && Number.isInteger(value) && value > 0,
  discVersion: isOptionalText,
  softwareVersion: isOptionalText,
  legacySerialPattern: isPattern,
  applications: (value) =>
    Array.isArray(value) &&
    value.every(isApplication) &&
    new Set(value.map(({ id }) => id)).size === value.length &&
    new Set(value.map(({ number }) => number)).size === value.length,
  installed: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string'),
  installedAt: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  configuration: hasConfigurationShape,
};

/** Checks what came from a file or a bundle. Throws ManifestProblem. */
export function checkManifest(value: unknown): SuiteManifest {
  if (typeof value !== 'object' || value === null) throw new ManifestProblem('the manifest is not an object');
  const fields: Partial<Record<string, unknown>> = { ...value };
  const wrong = Object.entries(CHECKS).filter(([name, check]) => !check(fields[name]));
  if (wrong.length > 0)
    throw new ManifestProblem(`the manifest has no usable ${wrong.map(([name]) => name).join(', ')}`);
  const manifest = value as SuiteManifest;
  const unknown = manifest.installed.filter(
    (id) => !manifest.applications.some((application) => application.id === id),
  );
  if (unknown.length > 0) throw new ManifestProblem(`installed, but not among the applications: ${unknown.join(', ')}`);
  return manifest;
}

/** Throws ManifestProblem. */
export function readManifest(file: string): SuiteManifest {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ManifestProblem(`${file} cannot be read as a manifest`, { cause });
  }
  return checkManifest(value);
}
