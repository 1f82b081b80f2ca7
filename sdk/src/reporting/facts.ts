/** What reports tell of this machine, each value rounded to what the signed configuration lists (S3). */
import { release } from 'node:os';
import type { ConfigurationContent, Product } from '@avow/protocol/improvement/configuration';
import { roundCountry } from '@avow/protocol/improvement/regions';
import { type BaseFacet, type OsFamily, OTHER } from '@avow/protocol/improvement/report';

/** Windows 11 still calls itself 10. */
const FIRST_BUILD_OF_11 = 22_000;
/** Darwin 20 is macOS 11; from Darwin 25 on, which is macOS 26, both count by years. */
const FIRST_DARWIN_BY_YEAR = 25;

function familyOf(platform: NodeJS.Platform): OsFamily {
  if (platform === 'win32') return 'windows';
  if (platform === 'darwin') return 'macos';
  return platform === 'linux' ? 'linux' : 'other';
}

/** `11` for Windows 11, `15` for macOS 15, `6` for Linux 6. `osRelease`: as `os.release()` tells it. */
export function majorVersion(family: OsFamily, osRelease: string): string {
  const [major = 0, , build = 0] = osRelease.split(/[.-]/).map((part) => Number.parseInt(part, 10));
  if (family === 'windows') return String(major === 10 && build >= FIRST_BUILD_OF_11 ? 11 : major);
  if (family === 'macos') return String(major >= FIRST_DARWIN_BY_YEAR ? major + 1 : major - 9);
  return String(major);
}

/**
 * Country (ISO 3166 alpha-2) of the operating system's regional setting; empty where it has none. Elsewhere than on Windows only
 * the variables are asked: without them, Node would say `en-US`.
 */
export function regionalCountry(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).region ?? '';
  const locale = env.LC_ALL || env.LC_ADDRESS || env.LANG || '';
  return /^[a-z]{2,3}_([A-Z]{2})\b/.exec(locale.replace(/[.@].*/, ''))?.[1] ?? '';
}

export interface MachineFacts {
  family: OsFamily;
  osVersion: string;
  /** Empty: unknown. */
  country: string;
}

export function machineFacts(env: NodeJS.ProcessEnv, country?: string): MachineFacts {
  const family = familyOf(process.platform);
  return {
    family,
    osVersion: majorVersion(family, release()),
    country: country ?? regionalCountry(process.platform, env),
  };
}

export function baseFacet(
  facts: MachineFacts,
  version: string,
  product: Product,
  lists: Pick<ConfigurationContent, 'osVersions' | 'countries'>,
): BaseFacet {
  const { family, osVersion, country } = facts;
  const listed = family === 'other' ? [] : lists.osVersions[family];
  return {
    facet: 'base',
    product: product.id,
    version: product.versions.includes(version) ? version : OTHER,
    os: family,
    osVersion: listed.includes(osVersion) ? osVersion : OTHER,
    country: roundCountry(country, lists.countries),
  };
}
