/**
 * Counts what a file tells, through the same steps as everything that is collected. An import can be interrupted at any moment:
 * it is taken up again by reading the file from its beginning, with the same salt, and spooling only what is not spooled yet.
 * So the visits that were under way at the interruption go on, and nothing is counted twice.
 */
import { randomBytes } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import type { CollectBody, DropReason } from '@avow/protocol/visits';
import type { EdgeDatabase } from '../platform/database.ts';
import { readAccessLog } from './access-log-rows.ts';
import { describeAsCounted } from './counted-event.ts';
import type { Counting, Outcome } from './counting.ts';
import { type ImportFile, identifyFile } from './file-bytes.ts';
import { readGoatCounter } from './goatcounter-rows.ts';
import { derivedEventId, derivedUuid, standInAddress } from './identity.ts';
import { ImportProblem } from './import-problem.ts';
import { createImportSalts, type ImportSalts, openImportSalt } from './import-salts.ts';
import { type OnImportProgress, trackImport } from './progress.ts';
import * as queries from './queries.ts';
import { waitForRoom } from './room-in-spool.ts';
import type { Broken, Row, RowBlock, Skipped } from './rows.ts';
import { batchesOf, countDrop, emptyStretch, type Stretch } from './stretch.ts';
import { readUmami } from './umami-rows.ts';

export const FORMATS = ['access-log', 'umami', 'goatcounter'] as const;
export type ImportFormat = (typeof FORMATS)[number];

const READERS: Record<ImportFormat, (file: ImportFile, site: { origin: string }) => AsyncGenerator<RowBlock>> = {
  'access-log': readAccessLog,
  umami: readUmami,
  goatcounter: readGoatCounter,
};

/** Cuts lie where this number divides the count of rows, so that they are the same in every run. */
const ROWS_PER_STRETCH = 1_000;
const DAY_MS = 86_400_000;
/** The vault takes no older ones. */
const OLDEST_DAYS = 3650;

export interface ImportHouse {
  config: AvowConfig;
  db: EdgeDatabase;
  openCounting(salts: ImportSalts, chance: Buffer): Promise<Counting>;
}

export interface ImportOptions {
  file: string;
  format: ImportFormat;
  /** Id of the configuration. */
  site: string;
  /** Reports what would happen and stores nothing. */
  dryRun?: boolean;
  onProgress?: OnImportProgress;
  onBroken?(row: { line: number; broken: Broken }): void;
  /** The spool is full of what the vault has not fetched yet. */
  onWaiting?(): void;
  signal?: AbortSignal;
}

export interface ImportReport {
  /** The whole file was imported before: nothing was done. */
  repeated: boolean;
  /** Line after which this run went on; 0: from the beginning. */
  resumedAfter: number;
  /** The salt is gone (a crash of the database, or a file that has grown since): visits that were under way count as two. */
  saltLost: boolean;
  rows: number;
  counted: number;
  bots: number;
  skipped: Partial<Record<Skipped, number>>;
  dropped: Partial<Record<DropReason, number>>;
  broken: number;
  firstDay: string;
  lastDay: string;
}

/** Throws ImportProblem; rejects with the signal's reason when it is aborted, and can then be called again. */
export async function importVisits(house: ImportHouse, options: ImportOptions): Promise<ImportReport> {
  const { db, config } = house;
  const { format, dryRun = false, signal = new AbortController().signal } = options;
  const site = config.sites.find(({ id }) => id === options.site);
  if (!site) throw new ImportProblem(`There is no site ${options.site} in the configuration.`);
  const origin = `https://${site.hosts[0]}`;
  const { file, id, grown } = await findIdentity(db, options);

  const known = dryRun ? { position: 0, counted: 0, finished: false } : await queries.findImport(db, id);
  const state = { ...known, finished: known.finished && !grown };
  const report = emptyReport(state);
  if (state.finished) return report;
  if (!dryRun) {
    await queries.beginImport(db, { id, fileHash: file.hash, fileBytes: file.unpackedBytes, site: site.id, format });
  }
  const { salt, again } = dryRun ? { salt: randomBytes(32), again: true } : await openImportSalt(db, id);
  report.saltLost = state.position > 0 && !again;
  const key = Buffer.from(salt);
  const salts = createImportSalts(salt);
  const counting = await house.openCounting(salts, key);
  const progress = trackImport(file.bytes, options.onProgress);
  const latest = Date.now() + DAY_MS;
  const oldest = Date.now() - OLDEST_DAYS * DAY_MS;
  // What a file does not tell of a request is not held against anybody.
  const untold = { origin, 'accept-encoding': 'gzip', 'accept-language': '*', 'sec-fetch-site': 'same-origin' };

  let position = state.position;
  let stretch = emptyStretch(position);
  let rowsRead = 0;

  const settle = async (): Promise<void> => {
    signal.throwIfAborted();
    if (!dryRun && stretch.to > position) {
      const { spoolMaxBytes } = config.edge;
      await waitForRoom(db, { spoolMaxBytes, signal, onWaiting: options.onWaiting ?? (() => {}) });
      const items = batchesOf(id, position, stretch);
      const moved = { id, from: position, to: stretch.to, items, events: stretch.events.length };
      if (!(await queries.spoolStretch(db, moved))) {
        throw new ImportProblem('This file is being imported by another process at this moment.');
      }
    }
    position = Math.max(position, stretch.to);
    stretch = emptyStretch(position);
  };

  for await (const block of READERS[format](file, { origin })) {
    for (const row of block.rows) {
      rowsRead += 1;
      const checked = inTime(row, oldest, latest);
      const outcome = count(checked);
      // What is spooled already passes through the steps once more: visitors and visits are then known again.
      if (row.line > position) note(checked, outcome);
      if (rowsRead % ROWS_PER_STRETCH === 0) await settle();
    }
    progress(block.bytesRead, rowsRead);
  }
  await settle();
  salts.close();
  key.fill(0);
  if (!dryRun) {
    await queries.finishImport(db, id);
    await queries.destroySalts(db, id);
  }
  return report;

  function count(row: Row): Outcome | null {
    if ('request' in row) {
      const { at, address, userAgent, kind, url, referrer, target } = row.request;
      const body: CollectBody = { i: derivedEventId(id, row.line), k: kind, u: url, r: referrer };
      if (target !== '') body.n = target;
      const headers = { ...untold, ...(userAgent !== null && { 'user-agent': userAgent }) };
      const outcome = counting.run({ now: at, address, headers, text: JSON.stringify(body) });
      return 'stored' in outcome && userAgent === null ? { stored: { ...outcome.stored, bot: '' } } : outcome;
    }
    if (!('counted' in row)) return null;
    const { at, kind, url, referrer, name, visitorKey } = row.counted;
    const body: CollectBody = { i: derivedEventId(id, row.line), k: kind, u: url, r: referrer };
    if (name !== '') body.n = name;
    const address = standInAddress(key, visitorKey);
    const outcome = counting.run({ now: at, address, headers: untold, text: JSON.stringify(body) });
    if (!('stored' in outcome) || !site) return outcome;
    return { stored: describeAsCounted(outcome.stored, row.counted, site.collect) };
  }

  function note(row: Row, outcome: Outcome | null): void {
    stretch.to = row.line;
    report.rows += 1;
    if ('broken' in row) {
      report.broken += 1;
      options.onBroken?.(row);
    } else if ('skipped' in row) {
      report.skipped[row.skipped] = (report.skipped[row.skipped] ?? 0) + 1;
    } else if (outcome !== null) noteOutcome(timeOf(row), outcome, stretch);
  }

  function noteOutcome(at: number, outcome: Outcome, into: Stretch): void {
    if ('dropped' in outcome) {
      report.dropped[outcome.dropped] = (report.dropped[outcome.dropped] ?? 0) + 1;
      countDrop(into, counting.reportingHour(at), options.site, outcome.dropped);
    } else if ('quiet' in outcome) into.quiet.push(outcome.quiet);
    else {
      const { stored } = outcome;
      into.events.push(stored);
      report.counted += 1;
      if (stored.bot !== '') report.bots += 1;
      if (report.firstDay === '' || stored.day < report.firstDay) report.firstDay = stored.day;
      if (stored.day > report.lastDay) report.lastDay = stored.day;
    }
  }
}

/** The same file has the same id, also when lines have been added to it since: a log that is still written to. */
async function findIdentity(
  db: EdgeDatabase,
  { file: path, site, format }: ImportOptions,
): Promise<{ file: ImportFile; id: string; grown: boolean }> {
  const imported = await queries.findImported(db, site, format);
  let begins: string | null = null;
  const file = await identifyFile(
    path,
    imported.map(({ bytes }) => bytes),
    (length, hash) => {
      begins = imported.find((before) => before.bytes === length && before.hash === hash)?.id ?? begins;
    },
  );
  const same = imported.find(({ hash }) => hash === file.hash);
  const id = same?.id ?? begins ?? derivedUuid('import', file.hash, site, format);
  return { file, id, grown: same === undefined && begins !== null };
}

const timeOf = (row: Row): number => ('request' in row ? row.request.at : 'counted' in row ? row.counted.at : 0);

function inTime(row: Row, oldest: number, latest: number): Row {
  if ('broken' in row || 'skipped' in row) return row;
  const at = timeOf(row);
  if (at > latest) return { line: row.line, broken: 'in the future' };
  return at < oldest ? { line: row.line, skipped: 'too old' } : row;
}

function emptyReport(state: queries.ImportState): ImportReport {
  return {
    repeated: state.finished,
    resumedAfter: state.finished ? 0 : state.position,
    saltLost: false,
    rows: 0,
    counted: state.finished ? state.counted : 0,
    bots: 0,
    skipped: {},
    dropped: {},
    broken: 0,
    firstDay: '',
    lastDay: '',
  };
}
