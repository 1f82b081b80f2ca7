/**
 * The process of the ClickHouse engine: `node clickhouse-process.ts <dir> <memory bytes>`. It ends when its standard input does, so it never
 * outlives the program that started it, however that ends.
 */
import { once } from 'node:events';
import { findAccess } from '../system/access-file.ts';
import { writeDurably } from '../system/durable-file.ts';
import { removeBrokenParts } from './broken-parts.ts';
import { openEngine } from './engine.ts';
import { createClickHouseServer } from './http-server.ts';
import { DATABASE, USER } from './names.ts';
import { ENGINE_CONFIGURATION } from './table-settings.ts';

/** A query still running when we are told to end has this long; the tables bear being cut off. */
const LAST_MILLISECONDS = 5_000;

const [, , dir = '', memory = ''] = process.argv;
const access = await findAccess<{ port: number; password: string }>(dir);
if (!access) throw new Error(`there is no access file for ${dir}`);

const configFile = `${dir}.config.xml`;
await writeDurably(configFile, ENGINE_CONFIGURATION);
const engine = openEngine({ dir, memoryBytes: Number(memory), configFile });
const brokenParts = await removeBrokenParts(engine);
const sql = `CREATE DATABASE IF NOT EXISTS ${DATABASE}`;
await engine.run({ sql, database: null, format: 'TabSeparated', settings: {}, parameters: {} });

const server = createClickHouseServer(engine, { user: USER, password: access.password });
await once(server.listen(access.port, '127.0.0.1'), 'listening');
process.stdout.write(`${JSON.stringify({ ready: true, brokenParts })}\n`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), LAST_MILLISECONDS).unref();
  server.close();
  server.closeIdleConnections();
  await engine.close();
  process.exit(0);
}
process.stdin
  .on('end', () => void end())
  .on('error', () => void end())
  .resume();
process.on('SIGTERM', () => void end());
// Whoever read our output may be gone.
process.stdout.on('error', () => {});
