#!/usr/bin/env node
/** Nordlicht Disc: how many discs a folder needs. `disc <folder>` */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { started } from './started.ts';

started('disc');

const DISCS = { CD: 700 * 1024 ** 2, DVD: 4_700_000_000, 'Blu-ray': 25_000_000_000 };
const folder = process.argv[2] ?? '.';
const names = await readdir(folder, { recursive: true });
const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
const bytes = sizes.reduce((sum, size) => sum + size, 0);
process.stdout.write(`${names.length} entries, ${bytes.toLocaleString('en')} bytes\n`);
for (const [disc, room] of Object.entries(DISCS)) process.stdout.write(`${disc}: ${Math.ceil(bytes / room)}\n`);
