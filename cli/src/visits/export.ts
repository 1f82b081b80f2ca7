import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isoDay } from '@avow/vault/platform/day';
import { type ExportFormat, exportEvents } from '@avow/vault/visits/export-events';
import type { ClickHouse } from '../open-clickhouse.ts';
import { remark } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { VisitsProblem } from './visits-problem.ts';

export interface ExportFlags {
  site?: string[];
  from?: string;
  to?: string;
  format: ExportFormat;
  out?: string;
}

/** `avow visits export`: to standard output, or to a file that must not exist. */
export async function exportVisits(
  { vault, clickhouse }: { vault: VaultHandle; clickhouse: ClickHouse },
  { site, from = '1970-01-01', to = isoDay(new Date()), format, out }: ExportFlags,
): Promise<void> {
  const all = vault.config.sites.map(({ id }) => id);
  const unknown = site?.find((id) => !all.includes(id));
  if (unknown !== undefined) throw new VisitsProblem(`There is no site ${unknown} in the configuration.`);
  const target = out === undefined ? null : await newFile(out);
  const events = await exportEvents(clickhouse, { sites: site ?? all, from, to, format });
  if (target) await pipeline(events, target);
  else await pipeline(events, process.stdout, { end: false });
  if (out !== undefined) remark(`The events are in ${out}.`);
}

async function newFile(path: string) {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(file, 'ready').catch((cause: NodeJS.ErrnoException) => {
    throw new VisitsProblem(cause.code === 'EEXIST' ? `${path} exists; choose another name.` : cause.message, {
      cause,
    });
  });
  return file;
}
