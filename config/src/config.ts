/**
 * The one configuration file, `avow.config.ts`: vendor, sites, suites, statement, mail, retention, and where the two programs
 * listen. Secrets and database addresses are not in it: they come from the environment (see `environment.ts`).
 */

import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { hosts, refuseSharedHosts } from './hosts.ts';
import { improvement } from './improvement.ts';
import { staff } from './staff.ts';
import { collect, visits } from './visits.ts';

const identifier = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const perLanguage = z.strictObject({ en: z.string().min(1), de: z.string().min(1) });

const site = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  hosts,
  /** CSS colours of the one accent, for light and dark. */
  accent: z.strictObject({ light: z.string(), dark: z.string() }),
  tagline: perLanguage,
  collect: collect.prefault({}),
});

const suite = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  version: z.string().min(1),
  /** Twelve bits of every serial: product (0 to 255) and edition (0 to 15). */
  productCode: z.number().int().min(0).max(255),
  editions: z
    .array(z.strictObject({ id: identifier, name: z.string().min(1), code: z.number().int().min(0).max(15) }))
    .min(1),
  applications: z.array(
    z.strictObject({
      id: identifier,
      name: z.string().min(1),
      /**
       * What stands for it in the start counter on participants' machines: the same in every version of the suite. Default: its place in
       * the list, from 1; so new ones go to the end, or get numbers.
       */
      number: z.number().int().min(0).max(65535).optional(),
    }),
  ),
  /** `major.minor` of the versions that reports of the Improvement Programme name; any other is "other". */
  reportedVersions: z.array(z.string().regex(/^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/)).default([]),
  /** Serials sold before this platform: a regular expression (whole match) for `avow serials import`. */
  legacySerialPattern: z.string().optional(),
});

const rate = z.strictObject({ perMinute: z.number().int().positive(), burst: z.number().int().positive() });

const schema = z.strictObject({
  vendor: z.strictObject({
    name: z.string().min(1),
    /** The address to write to when a change is refused (W8) and for feedback. */
    contactEmail: z.email(),
    postalAddress: z.array(z.string().min(1)).min(1),
    /** Authority of every sealed inner request: binds it to this deployment. A name, not an address; it need not resolve. */
    vaultName: z.hostname(),
  }),
  /** IANA name of the one reporting time zone. */
  timeZone: z.string().default('UTC'),
  sites: z
    .array(site)
    .min(1)
    .superRefine((sites, context) =>
      refuseSharedHosts(sites, (message) => context.addIssue({ code: 'custom', message })),
    ),
  suites: z.array(suite).min(1),
  statement: z.strictObject({
    version: z.number().int().positive(),
    /** ISO date. */
    effective: z.iso.date(),
    /** Markdown files, relative to the configuration file. */
    files: perLanguage,
  }),
  mail: z.strictObject({ from: z.string().min(3) }),
  edge: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.number().int().min(0).max(65535).default(8080),
      /** The public address, used in mails. Defaults to http://localhost:<port>. */
      publicUrl: z.url().optional(),
      /** Proxies (addresses or CIDR blocks) whose `X-Forwarded-For` is believed. None by default. */
      trustedProxies: z.array(z.string()).default([]),
      /** Per address (IPv6: per /64), in memory. */
      rateLimits: z
        .strictObject({
          pages: rate.default({ perMinute: 600, burst: 120 }),
          relay: rate.default({ perMinute: 60, burst: 30 }),
          collect: rate.default({ perMinute: 600, burst: 200 }),
          /** Reports of the Improvement Programme: a whole office may stand behind one address. */
          reports: rate.default({ perMinute: 120, burst: 120 }),
        })
        .prefault({}),
      /** Reports of the Improvement Programme are held at the edge until there are so many, or until the next round of the clock. */
      heldReports: z
        .strictObject({
          atLeast: z.number().int().positive().default(1_000),
          atMostSeconds: z.number().int().positive().default(600),
        })
        .prefault({}),
      accessLogDays: z.number().int().min(1).max(90).default(14),
      /** Whether addresses are looked up in the DNS for the log's domain name (W10). */
      reverseLookup: z.boolean().default(true),
      /** The edge answers 507 when the spool holds more than this, or the disk has less than this left. */
      spoolMaxBytes: z
        .number()
        .int()
        .positive()
        .default(2 * 1024 ** 3),
      diskMinFreeBytes: z
        .number()
        .int()
        .positive()
        .default(512 * 1024 ** 2),
    })
    .prefault({}),
  visits: visits.prefault({}),
  /** Without it there is no Improvement Programme. */
  improvement: improvement.optional(),
  vault: z
    .strictObject({
      /** Bound to a private address only. */
      host: z.string().default('127.0.0.1'),
      port: z.number().int().min(0).max(65535).default(8090),
      /** The console's address where a server that speaks TLS stands in front: `https://console.example.internal`. */
      consoleUrl: z.url().optional(),
      /** The edges to dial. Defaults to the one edge above, on loopback. */
      edges: z.array(z.url()).optional(),
    })
    .prefault({}),
  staff: staff.prefault({}),
  retention: z
    .strictObject({
      unconfirmedDays: z.number().int().positive().default(14),
      sentMailDays: z.number().int().positive().default(30),
      /** Files that staff sent up, and those that jobs made for them (printable serials, row reports). */
      jobFileDays: z.number().int().positive().max(90).default(7),
    })
    .prefault({}),
});

export type AvowConfigInput = z.input<typeof schema>;
export type AvowConfig = z.output<typeof schema> & {
  /** Folder of the configuration file; its relative paths start here. */
  baseDir: string;
};

export class ConfigError extends Error {}

/** Gives the editor the types; checks nothing until `loadConfig`. */
export function defineConfig(input: AvowConfigInput): AvowConfigInput {
  return input;
}

/** Reads, checks and completes the configuration. Throws ConfigError with every problem, one a line. */
export function parseConfig(input: unknown, baseDir: string): AvowConfig {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
    throw new ConfigError(`The configuration is not usable:\n${lines.join('\n')}`);
  }
  return { ...parsed.data, baseDir };
}

export async function loadConfig(file: string): Promise<AvowConfig> {
  const path = resolve(file);
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw new ConfigError(
      `The configuration ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  return parseConfig(module.default, dirname(path));
}

/** The public address of the edge, without a slash at the end. */
export function publicUrl(config: AvowConfig): string {
  return (config.edge.publicUrl ?? `http://localhost:${config.edge.port}`).replace(/\/$/, '');
}
