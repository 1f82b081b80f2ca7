/** After a power cut, merged parts that had not reached the disk come up broken and are put aside; the parts they were made of are in use. */
import type { Engine } from './engine.ts';
import { type Query, quoteName } from './query.ts';

interface DetachedPart {
  database: string;
  table: string;
  name: string;
  level: number;
}

/**
 * Removes the broken merged parts (level 1 and up). A broken part of level 0 is an insert: either it was never acknowledged, or the disk
 * failed; so it stays where it was put, to be looked at. Gives the numbers of both.
 */
export async function removeBrokenParts(engine: Engine): Promise<{ removed: number; kept: number }> {
  const found = await select<DetachedPart>(
    engine,
    `SELECT database, table, name, toInt32(ifNull(level, 0)) AS level FROM system.detached_parts WHERE reason LIKE 'broken%'`,
  );
  const merged = found.filter((part) => part.level > 0);
  for (const { database, table, name } of merged) {
    const target = `${quoteName(database)}.${quoteName(table)}`;
    const settings = { allow_drop_detached: '1' };
    const sql = `ALTER TABLE ${target} DROP DETACHED PART {name:String}`;
    await engine.run({ ...plain(sql), settings, parameters: { name } });
  }
  return { removed: merged.length, kept: found.length - merged.length };
}

async function select<Row>(engine: Engine, sql: string): Promise<Row[]> {
  const { bytes } = await engine.run({ ...plain(sql), format: 'JSONEachRow' });
  const text = new TextDecoder().decode(bytes);
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}

function plain(sql: string): Query {
  return { sql, database: null, format: 'TabSeparated', settings: {}, parameters: {} };
}
