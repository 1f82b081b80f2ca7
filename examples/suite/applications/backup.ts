#!/usr/bin/env node
/** Nordlicht Backup: copies a folder beside others, named by the day. `backup <folder> <into>` */
import { cp } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { started } from './started.ts';

started('backup');

const [, , from, into] = process.argv;
if (from === undefined || into === undefined) process.stdout.write('backup <folder> <into>\n');
else {
  const to = join(into, `${basename(resolve(from))} ${new Date().toISOString().slice(0, 10)}`);
  await cp(from, to, { recursive: true, errorOnExist: true, force: false });
  process.stdout.write(`${to}\n`);
}
