/** The configuration in force, and what a restart with the file as it is now would change. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { AvowConfig } from '@avow/config/config';
import type { KeptLine, Settings, SettingsCheck } from '@avow/protocol/staff/operations';
import { z } from 'zod';

const run = promisify(execFile);
const PATIENCE_MS = 15_000;
const MOST_OUTPUT = 4 * 1024 * 1024;

const checked = z.union([
  z.strictObject({ config: z.record(z.string(), z.json()) }),
  z.strictObject({ problems: z.array(z.string()) }),
]);

type Json = z.output<ReturnType<typeof z.json>>;

export function settingsOf(
  config: AvowConfig,
  place: { configFile: string | null; edges: readonly string[]; publicUrl: string },
  keeps: KeptLine[],
): Settings {
  const { vendor, timeZone, sites, suites, statement, mail, retention, visits, edge } = config;
  return {
    file: place.configFile,
    vendor,
    timeZone,
    statement: { version: statement.version, effective: statement.effective },
    mail: { from: mail.from },
    sites: sites.map(({ id, name, hosts, collect }) => ({
      id,
      name,
      hosts,
      events: Object.keys(collect.events),
      geography: collect.geography,
    })),
    suites: suites.map(({ legacySerialPattern, ...suite }) => ({
      ...suite,
      legacySerialPattern: legacySerialPattern ?? null,
    })),
    retention: [
      ...Object.entries(retention).map(([name, days]) => ({ name: `retention.${name}`, site: null, days })),
      { name: 'visits.rawDays', site: null, days: visits.rawDays },
      ...sites.flatMap(({ name: site, collect: { rawDays: days } }) =>
        days === undefined ? [] : [{ name: 'sites.collect.rawDays', site, days }],
      ),
      { name: 'edge.accessLogDays', site: null, days: edge.accessLogDays },
    ],
    edges: [...place.edges],
    publicUrl: place.publicUrl,
    keeps,
  };
}

/**
 * Loads the file in a program of its own, as the next start would, and compares. The file is code: it is run with the vault's own
 * environment withheld, and only because whoever can write it can have it run by a restart anyway.
 */
export async function checkSettings(config: AvowConfig, configFile: string): Promise<SettingsCheck> {
  const program = createRequire(import.meta.url).resolve('@avow/config/print-config');
  const { stdout } = await run(process.execPath, [program, configFile], {
    timeout: PATIENCE_MS,
    maxBuffer: MOST_OUTPUT,
    env: { PATH: process.env.PATH ?? '' },
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const told = checked.safeParse(readJson(stdout));
  if (!told.success) {
    return { usable: false, problems: ['The file could not be loaded within 15 seconds.'], changes: [] };
  }
  if ('problems' in told.data) return { usable: false, problems: told.data.problems, changes: [] };
  const { baseDir: _, ...now } = config;
  return {
    usable: true,
    problems: [],
    changes: differences(z.json().parse(JSON.parse(JSON.stringify(now))), told.data.config),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Leaves that differ, by path. */
export function differences(inForce: Json | undefined, inFile: Json | undefined, path = ''): SettingsCheck['changes'] {
  if (isTree(inForce) && isTree(inFile)) {
    const keys = new Set([...Object.keys(inForce), ...Object.keys(inFile)]);
    return [...keys].flatMap((key) =>
      differences(Reflect.get(inForce, key), Reflect.get(inFile, key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (isTree(inForce))
    return Object.entries(inForce).flatMap(([key, value]) => differences(value, undefined, `${path}.${key}`));
  if (isTree(inFile))
    return Object.entries(inFile).flatMap(([key, value]) => differences(undefined, value, `${path}.${key}`));
  return inForce === inFile ? [] : [{ path, inForce: told(inForce), inFile: told(inFile) }];
}

function isTree(value: Json | undefined): value is Json[] | Record<string, Json> {
  return typeof value === 'object' && value !== null;
}

const told = (value: Json | undefined): string | null => (value === undefined ? null : String(value));
