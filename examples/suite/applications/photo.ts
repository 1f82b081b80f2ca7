#!/usr/bin/env node
/** Nordlicht Photo: how large a PNG picture is (PNG specification, section 11.2.1). `photo <file>` */
import { readFile } from 'node:fs/promises';
import { started } from './started.ts';

started('photo');

const file = process.argv[2];
if (file === undefined) process.stdout.write('photo <file.png>\n');
else {
  const bytes = await readFile(file);
  if (bytes.toString('latin1', 1, 4) === 'PNG') {
    process.stdout.write(`${bytes.readUInt32BE(16)} x ${bytes.readUInt32BE(20)} pixels\n`);
  } else {
    process.stderr.write(`${file} is no PNG picture.\n`);
    process.exitCode = 1;
  }
}
